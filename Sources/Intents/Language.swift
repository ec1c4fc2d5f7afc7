/// The languages that the bot understands. The raw values are BCP 47 tags.
enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
    case portuguese = "pt"
    case german = "de"
    case french = "fr"

    /// The language of a message, by its small words and accents. A name alone (“kik?”) tells nothing and counts as English.
    static func of(_ text: NormalizedText) -> Language {
        var scores: InlineArray<5, Int> = .init(repeating: 0)
        for token in text.tokens where token.kind == .word && token.word.languages != 0 {
            let languages = token.word.languages
            // A word of one language alone speaks louder than one that three share.
            let weight = 6 / languages.nonzeroBitCount
            for language in scores.indices where languages >> UInt8(language) & 1 != 0 { scores[language] += weight }
        }
        for (accent, language) in [(Accents.spanish, 1), (.portuguese, 2), (.german, 3), (.french, 4)]
        where text.accents.contains(accent) {
            scores[language] += 5
        }
        var best = 0
        for language in scores.indices where scores[language] > scores[best] { best = language }
        return allCases[best]
    }

    /// A bit for each language of `allCases` to whose small words a word belongs, by the words' hashes.
    static var smallWords: [UInt64: UInt8] {
        var words: [UInt64: UInt8] = [:]
        for (language, list) in lists.enumerated() {
            for word in list.split(separator: " ") { words[Hashing.hash(word.utf8), default: 0] |= 1 << UInt8(language) }
        }
        return words
    }

    /// Folded, in the order of the cases.
    private static let lists = [
        """
        the is are was and or of to in it its this that not for with my your on you i im he she they we what why how when anyone else just now \
        down up working works cant wont dont doesnt isnt has have been again still any all does do did can will there who where everyone me \
        servers server messages send back thanks problem at be if so no fix help out get got from like about a me as an by more than then \
        times day today since after before keeps wants dont im its hes shes gone new loading stuck nothing everything keep going only need want
        """,
        """
        el la los las un una de que y en es esta estan no se lo le por para con mi tu su como cuando donde alguien mas hay funciona caido caida \
        cayo gracias hola pero porque puedo ya del al muy todo todos yo ella nos hoy otra vez tambien si soy eso esto ahora va anda alguno \
        mensajes cuenta enviar a sigue sin bien quien aqui ese fue avisame ayer tiene funcionando arreglar problema
        """,
        """
        o a os as um uma de que e em nao na no do da dos das se por para com meu minha seu sua como quando onde alguem mais tem ta funciona caiu \
        fora obrigado obrigada oi mas porque posso ja ao muito tudo todos eu ela nos hoje de novo tambem sim isso agora vai aqui voce voces vc \
        mensagens conta enviar mandar pra pro voltou ar ainda sem bem quem alguma foi ontem esta so problema gente galera funcionando eita pq
        """,
        """
        der die das ein eine einen und oder ist sind nicht ich du er sie wir ihr es zu im auf mit fur von den dem wie wann wo warum jemand noch \
        auch geht gerade kein keine mein meine mal hat haben bei euch down danke hallo aber weil kann wieder mich mir schon sehr alles alle heute \
        nachrichten funktioniert storung lauft was war gestern nur wird an seit bescheid bitte so jetzt habe macht leute immer
        """,
        """
        le la les un une de des du et en est sont pas ne je tu il elle nous vous que qui quoi ce cette mon ma mes ton sur avec pour dans comment \
        quand ou pourquoi quelqu plus y a marche fonctionne panne merci bonjour salut mais parce peux deja au aux tres tout tous aussi encore \
        messages compte envoyer c l d j n s qu chez moi toi suis va ca hier depuis vient fait probleme personne monde arrive quelquun
        """,
    ]
}
