"""Chat that concerns the bot not at all: MESSAGE_CREATE events as Discord writes them, from a seed.

    chatter.py FILE [COUNT]

Each line is an event's `d`; the server fills in numbers where it has nineteen times `@` (the message), `^` (the guild), `~` (the channel)
or `%` (the author). The first line is the question that the bot is asked. The fields stand in Discord's order.
"""

import json
import pathlib
import random
import sys

BOT = "1100000000000000001"
QUESTION = f"<@{BOT}> is kik down?"

# Words that people use; made-up ones join them, because a real chat has a long tail. No service is among them, nor a
# syllable that begins like one.
COMMON = """
the a to and i you it of that in is for on was my me with this but not so just be have like at no what they all do can if
your its know are get we one now up or think out about really he she go would good from time as lol there yeah when some people how who
been going had more got an because even then want them too see oh by why make did still though only back here need him well could will
way say his her right work thing their something over also than off never day much after game play anyone last actually first people
same sure nice maybe thought great done before down where tomorrow probably better find tell feel literally always stuff new ok love
wait getting pretty someone every use old thanks night look bad start server working fix check again update phone morning weekend
coffee music song movie dinner rain train homework exam teacher book story picture camera screen button keyboard laptop battery charge
message group friend brother sister mother cat dog garden kitchen window street bike ticket money price cheap broken slow fast login
password account connection trouble problem question answer reply today yesterday tonight minute hour week month year haha lmao omg tbh
ngl imo idk brb gonna wanna kinda gotta dude bro guys everyone nobody either quite almost already later soon until while through around
""".split()
FOREIGN = """
ich nicht das ist aber heute morgen schon wieder vielleicht schön größer müde straße käse für über können hola qué mañana también
está día fiesta amigo gracias pequeño años después c'est ça être très peut-être déjà où garçon français merci voilà não você então
amanhã obrigado coração avião привет как дела сегодня хорошо спасибо 今日 ありがとう すごい 你好 谢谢 明天 안녕 고마워
""".split()
EMOJI = ["😂", "😭", "🔥", "❤️", "👍", "🙏", "✨", "🤔", "😅", "🎉", "👀", "💀", "🥲", "🫠", "👨‍👩‍👧", "🇩🇪"]
SYLLABLES = "ba be bi bo bu ka ke ko ku la le li lo lu ma me mi mo mu na ne ni no ra re ri ro sa se si so ta te ti to va ve vi za zo".split()
ENDINGS = [".", ".", "", "", "", "", "!", "?", "...", " lol", "!!", "?"]


class Chat:
    """A guild of two thousand people in forty channels, of which some hundred speak at a time."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        tail = {"".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(20_000)}
        self.words = COMMON + FOREIGN + sorted(tail)
        # Rare words are rare, somewhat more steeply than Zipf's law has it: one in four is made up.
        self.weights = [1 / (rank + 3) ** 1.2 for rank in range(len(self.words))]
        self.people = [self._person(index) for index in range(2_000)]
        self.channels = [str(1150000000000000000 + index) for index in range(40)]
        self.speaking = self.chance.sample(self.people, 150)

    def _hex(self, count):
        return f"{self.chance.getrandbits(4 * count):0{count}x}"

    def _snowflake(self):
        return str(self.chance.randrange(200_000_000_000_000_000, 1_090_000_000_000_000_000)).rjust(18, "1")

    def _person(self, index):
        name = "".join(self.chance.choices(SYLLABLES, k=3)) + str(index)
        author = {
            "username": name, "public_flags": 0, "primary_guild": None, "id": self._snowflake(), "global_name": name.title(),
            "display_name_styles": None, "discriminator": "0", "collectibles": None, "clan": None,
            "avatar_decoration_data": None, "avatar": self._hex(32),
        }
        member = {
            "roles": [self._snowflake() for _ in range(self.chance.choice([0, 1, 1, 2, 3]))], "premium_since": None, "pending": False,
            "nick": self.chance.choice([None, None, name.upper()]), "mute": False,
            "joined_at": f"2025-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}T07:08:09.{self.chance.randrange(10**6):06}+00:00",
            "flags": 0, "deaf": False, "communication_disabled_until": None, "banner": None, "avatar": None,
        }
        return author, member

    def text(self):
        chance = self.chance
        words = chance.choices(self.words, self.weights, k=min(60, 1 + int(chance.expovariate(1 / 13))))
        if chance.random() < 0.5:
            words[0] = words[0].capitalize()
        if chance.random() < 0.12:
            words.insert(chance.randrange(len(words) + 1), chance.choice(EMOJI))
        if chance.random() < 0.03:
            words.append(f"https://example.com/{self._hex(8)}")
        if chance.random() < 0.03:
            words.insert(0, f'"{words[0]}"\n')
        return " ".join(words) + chance.choice(ENDINGS)

    def message(self, index):
        chance = self.chance
        if chance.random() < 0.02:
            self.speaking[chance.randrange(len(self.speaking))] = chance.choice(self.people)
        author, member = chance.choice(self.speaking)
        content, mentions, attachments = self.text(), [], []
        if chance.random() < 0.06:
            other, place = chance.choice(self.speaking)
            content = f"<@{other['id']}> {content}"
            mentions = [other | {"member": place}]
        if chance.random() < 0.02:
            name = f"{self._hex(6)}.jpg"
            address = f"attachments/1150000000000000001/{self._snowflake()}/{name}?ex={self._hex(8)}&is={self._hex(8)}&hm={self._hex(64)}&"
            attachments = [{
                "width": 1080, "url": f"https://cdn.example.com/{address}", "size": chance.randrange(10**6), "proxy_url":
                f"https://media.example.com/{address}", "placeholder_version": 1, "placeholder": self._hex(24), "id": self._snowflake(),
                "height": 1920, "filename": name, "content_type": "image/jpeg", "content_scan_version": 2,
            }]
        second, micro = index // 7 % 60, chance.randrange(10**6)
        return {
            "type": 0, "tts": False, "timestamp": f"2026-02-03T0{index // 25200 % 10}:{index // 420 % 60:02}:{second:02}.{micro:06}+00:00",
            "pinned": False, "nonce": "@" * 19, "mentions": mentions, "mention_roles": [], "mention_everyone": False,
            "member": member, "id": "@" * 19, "flags": 0, "embeds": [], "edited_timestamp": None, "content": content,
            "components": [], "channel_type": 0, "channel_id": chance.choice(self.channels), "author": author,
            "attachments": attachments, "guild_id": "^" * 19,
        }

    def question(self):
        message = self.message(0)
        author, member = self.people[0]
        bot = author | {"id": BOT, "username": "isitdown", "global_name": None, "bot": True}
        return message | {
            "content": QUESTION, "author": author | {"id": "%" * 19}, "member": member, "channel_id": "~" * 19,
            "mentions": [bot | {"member": member | {"roles": []}}], "attachments": [],
        }


def write(path, count, seed=20):
    """Writes the corpus, whole or not at all."""
    chat = Chat(seed)
    unfinished = pathlib.Path(f"{path}.new")
    with unfinished.open("w", encoding="utf-8") as file:
        for event in [chat.question(), *(chat.message(index) for index in range(count))]:
            file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
    unfinished.rename(path)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
