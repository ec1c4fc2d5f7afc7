"""The simplest way to find a service: its names, from the bot's own catalogue, word by word."""

import pathlib
import re

import yaml

WORD = re.compile(r"\w+")


class Names:
    def __init__(self, root):
        self.display = []
        # Ordinary words (“line”, “x”) name a service only where one is expected.
        self.sure, self.all = {}, {}
        for path in sorted(pathlib.Path(root).glob("deploy/services/*.yaml")):
            service = yaml.safe_load(path.read_text(encoding="utf-8"))
            self.display.append(str(service["name"]))
            aliases = service.get("aliases", [])
            if isinstance(aliases, dict):
                aliases = [alias for of_language in aliases.values() for alias in of_language]
            ordinary = {self._key(name) for name in service.get("context_names", [])}
            for name in [service["id"], service["name"], *aliases, *ordinary]:
                key = self._key(name)
                self.all[key] = service["id"]
                if key not in ordinary:
                    self.sure[key] = service["id"]
        self.longest = max(len(name.split()) for name in self.all)

    def _key(self, name):
        return " ".join(WORD.findall(str(name).lower()))

    def find(self, text, expected=False):
        """The first service named, by its longest name; ordinary words count where a service is expected."""
        table = self.all if expected else self.sure
        words = WORD.findall(text.lower())
        for start in range(len(words)):
            for end in range(min(len(words), start + self.longest), start, -1):
                service = table.get(" ".join(words[start:end]))
                if service:
                    return service
        return None
