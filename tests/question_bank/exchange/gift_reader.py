"""A reader of GIFT written from the description in Moodle's documentation, one character at a time."""

from dataclasses import dataclass, field


@dataclass
class Answer:
    is_right: bool
    text: str = ""
    remark: str = ""


@dataclass
class GiftQuestion:
    name: str = ""
    stem: str = ""
    answers: list[Answer] = field(default_factory=list)
    remark: str = ""
    comments: list[str] = field(default_factory=list)


def read_gift(text: str) -> tuple[str, list[GiftQuestion]]:
    """Category and questions of a GIFT text; blank lines divide questions."""
    category, found = "", []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("$CATEGORY:"):
            category = lines[0].removeprefix("$CATEGORY:").strip()
            continue
        comments = [line for line in lines if line.startswith("//")]
        question = _read_question("\n".join(line for line in lines if not line.startswith("//")))
        question.comments = comments
        found.append(question)
    return category, found


def _read_question(text: str) -> GiftQuestion:
    tokens = _tokens(text)
    question, where = GiftQuestion(), "start"
    for mark, value in tokens:
        if mark == "::":
            where = "name" if where == "start" else "stem"
        elif mark == "{":
            where = "answers"
        elif mark == "}":
            where = "after"
        elif mark == "####":
            where = "general"
        elif mark in ("=", "~"):
            question.answers.append(Answer(is_right=mark == "="))
            where = "answers"
        elif mark == "#":
            where = "remark"
        else:
            _put(question, where, value)
    question.remark = question.remark.rstrip()
    for answer in question.answers:
        answer.text, answer.remark = answer.text.strip(), answer.remark.rstrip()
    return question


def _put(question: GiftQuestion, where: str, value: str) -> None:
    if where == "name":
        question.name += value
    elif where in ("start", "stem"):
        question.stem += value
    elif where == "general":
        question.remark += value
    elif where == "remark":
        question.answers[-1].remark += value
    elif where == "answers" and question.answers:
        question.answers[-1].text += value
    else:
        assert not value.strip(), f"text outside of a question: {value!r}"


def _tokens(text: str):
    place = 0
    while place < len(text):
        if text[place] == "\\" and place + 1 < len(text):
            yield "", "\n" if text[place + 1] == "n" else text[place + 1]
            place += 2
            continue
        mark = next((one for one in ("####", "::", "{", "}", "=", "~", "#") if text.startswith(one, place)), "")
        yield mark, text[place]
        place += len(mark) or 1
