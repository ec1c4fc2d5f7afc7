"""Logistic regression over sentence embeddings: what one would write today in an afternoon.

Once it learns from the bot's own examples, which is the fair comparison; once, in five folds, from the lines that it is
judged by, as if others had been labelled like them. C was chosen by cross-validation over the examples alone. In the
folds, where some intents have three lines, all intents weigh the same.
"""

import collections
import warnings

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from lines import SILENT, Guess

C = 10
FOLDS = 5


class Regression:
    def __init__(self, minilm, names, weighting=None):
        self.minilm, self.names, self.weighting = minilm, names, weighting

    def learn(self, intents, symptoms):
        """Both are pairs: the texts' embeddings and what they mean."""
        self.intents = self._fitted(*intents)
        # Of one symptom, or none, nothing can be learnt.
        self.symptoms = self._fitted(*symptoms) if len(set(symptoms[1])) > 1 else None
        self.answered = numpy.array([intent not in SILENT for intent in self.intents.classes_])
        return self

    def _fitted(self, vectors, meanings):
        return LogisticRegression(C=C, max_iter=3_000, class_weight=self.weighting).fit(vectors, meanings)

    def guess(self, text):
        return self.guesses([text], self.minilm.embed([text]))[0]

    def guesses(self, texts, vectors):
        sure = self.intents.predict_proba(vectors)
        intents = self.intents.classes_[sure.argmax(axis=1)]
        relevance = sure[:, self.answered].sum(axis=1)
        symptoms = self.symptoms.predict(vectors) if self.symptoms else [None] * len(texts)
        return [
            Guess(str(intent), self.names.find(text), str(symptom) if symptom else None, float(how_sure))
            for text, intent, symptom, how_sure in zip(texts, intents, symptoms, relevance)
        ]


def taught(minilm, names, intents, symptoms):
    """One that has learnt from the bot's examples."""

    def embedded(pairs):
        texts, meanings = zip(*pairs)
        return minilm.embed(texts), meanings

    return Regression(minilm, names).learn(embedded(intents), embedded(symptoms))


def can_fold(lines):
    """Whether each fold leaves something of two intents to learn from."""
    counts = collections.Counter(line.label for line in lines)
    return sum(count >= FOLDS for count in counts.values()) > 1


def cross_validated(minilm, names, lines, vectors):
    """Of each line what four fifths of the others teach."""
    labels = [line.label for line in lines]
    guesses = [None] * len(lines)
    with warnings.catch_warnings():
        # Some intents have fewer lines than there are folds.
        warnings.filterwarnings("ignore", message="The least populated class")
        folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, labels))
    for known, unknown in folds:
        ill = [index for index in known if lines[index].symptom]
        intents = vectors[known], [labels[index] for index in known]
        symptoms = vectors[ill], [lines[index].symptom for index in ill]
        regression = Regression(minilm, names, "balanced").learn(intents, symptoms)
        texts = [lines[index].text for index in unknown]
        for index, guess in zip(unknown, regression.guesses(texts, vectors[unknown])):
            guesses[index] = guess
    return guesses
