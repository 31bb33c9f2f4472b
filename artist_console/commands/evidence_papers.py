"""The papers of an evidence bundle: its index for whoever reads it, and each letter to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from artist_console.commands.evidence_words import (
    COPY,
    LETTER,
    NOT_QUOTED,
    STATE,
    STEP,
    dkim_words,
    event_words,
)
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.paper_width import cut
from artist_console.domain import work_words
from artist_console.domain.cases import EventKind
from artist_console.domain.letters import Letter
from artist_console.domain.phrases import day_in_words, period_in_words
from artist_console.formats.evidence_content import (
    BundleCase,
    BundleEvent,
    BundleLetter,
    BundleReceipt,
    EvidenceContent,
)
from artist_console.formats.evidence_files import PlainFile
from artist_console.formats.evidence_words import DOES_NOT_TELL

_TITLE_SIGNS, _SIGNER_SIGNS, _HASH_SIGNS = 34, 20, 16  # of the foot, which has one line beside the page


def index_paper(
    content: EvidenceContent,
    digest: str,
    files: Sequence[PlainFile],
    receipts: Sequence[BundleReceipt],
    fingerprint: str,
) -> Paper:
    """Title, period, signer and hash, then each case in the order of its days, and everything beside it.

    `digest`: SHA-256 of the signed content, which the index cannot hold of itself.
    """
    period = f"{content.period_from.isoformat()} to {content.period_until.isoformat()}"
    signer = cut(content.made_by, _SIGNER_SIGNS)
    title = cut(content.title, _TITLE_SIGNS)
    foot = f"{title} · {period} · signed by {signer} · {digest[:_HASH_SIGNS]}…"
    return Paper(content.title, foot, tuple(_index(content, digest, files, receipts, fingerprint)))


def _index(
    content: EvidenceContent,
    digest: str,
    files: Sequence[PlainFile],
    receipts: Sequence[BundleReceipt],
    fingerprint: str,
) -> Iterator[PaperLine]:
    yield PaperLine(PaperStyle.TITLE, content.title)
    yield PaperLine(PaperStyle.TEXT, f"Period: {period_in_words(content.period_from, content.period_until)}")
    yield PaperLine(PaperStyle.TEXT, f"Made on {day_in_words(content.made_at)} by {content.made_by}")
    yield PaperLine(PaperStyle.TEXT, f"Signed with the key {fingerprint}")
    yield PaperLine(PaperStyle.TEXT, f"SHA-256 of what is signed (content_sha256 in bundle.json): {digest}")
    yield PaperLine(
        PaperStyle.SMALL,
        "This index is one of the files that are signed. Check the bundle before you rely on it:"
        " artist-console evidence verify FILE, or the lines in docs/formats/evidence-bundle.md.",
    )
    for case in content.cases:
        yield from _case(case)
    if content.works:
        yield PaperLine(PaperStyle.HEADING, "Works")
        for work in content.works:
            name = f"{work.title} ({work.version})" if work.version else work.title
            kind = work_words.WORK_KIND[work.kind].lower()
            about = [kind, work.identifier or "no identifier known", *work.artists]
            yield PaperLine(PaperStyle.POINT, f"{name}: {', '.join(about)}")
    for finding in content.findings:
        yield PaperLine(PaperStyle.HEADING, f"Finding: {finding.title}")
        yield PaperLine(PaperStyle.SMALL, f"Since {day_in_words(finding.since)}")
        for words in finding.words:
            yield PaperLine(PaperStyle.TEXT, words)
    for removal in content.removals:
        yield PaperLine(PaperStyle.HEADING, f"Removal: {removal.work_title}, {removal.place}")
        yield PaperLine(
            PaperStyle.SMALL, f"{removal.operator}, refused on {day_in_words(removal.refused_on)}"
        )
        for step in removal.steps:
            who = f", {step.said_by}" if step.said_by else ", as noted"
            yield PaperLine(PaperStyle.POINT, f"{day_in_words(step.on)}: {STEP[step.step]}{who}")
    if receipts:
        yield PaperLine(PaperStyle.HEADING, "Decisions with signed receipts")
        for receipt in receipts:
            made = day_in_words(receipt.decision.made_at)
            yield PaperLine(PaperStyle.POINT, f"{receipt.words}: made on {made}, entry {receipt.n}")
    yield PaperLine(PaperStyle.HEADING, "Files")
    for file in files:
        yield PaperLine(PaperStyle.POINT, f"{file.name}: {file.size:,} bytes")
        yield PaperLine(PaperStyle.SMALL, f"SHA-256: {file.sha256}")
    yield PaperLine(PaperStyle.HEADING, "What was left out")
    for words in content.left_out or ("Nothing that is known here.",):
        yield PaperLine(PaperStyle.POINT, words)
    yield PaperLine(PaperStyle.HEADING, "What this does not tell you")
    for words in DOES_NOT_TELL:
        yield PaperLine(PaperStyle.POINT, words)


def case_title(case: BundleCase) -> str:
    """The title, and before it whom it is about where it does not say so itself."""
    named = case.addressee_name.casefold() in case.title.casefold()
    return case.title if named else f"{case.addressee_name}: {case.title}"


def _case(case: BundleCase) -> Iterator[PaperLine]:
    yield PaperLine(PaperStyle.HEADING, case_title(case))
    about = [case.artist_name, LETTER[case.kind], case.programme_name]
    yield PaperLine(PaperStyle.SMALL, " · ".join(part for part in about if part))
    yield PaperLine(PaperStyle.TEXT, f"{STATE[case.state]}, since {day_in_words(case.since)}")
    for letter in case.letters:
        yield from _letter(letter)
    if case.events:
        yield PaperLine(PaperStyle.STRONG, "What happened, by day")
    kinds = {event.id: event.kind for event in case.events}
    righted = {event.of for event in case.events if kinds.get(event.of) is event.kind}
    for event in sorted(case.events, key=lambda each: (each.on, each.at, each.id)):
        yield from _event(event, righted=event.id in righted)


def _letter(letter: BundleLetter) -> Iterator[PaperLine]:
    to = letter.to_name + (f" ({letter.to_email})" if letter.to_email else "")
    yield PaperLine(PaperStyle.STRONG, f"Letter to {to}: {letter.subject}")
    written = f"Written on {day_in_words(letter.written_at)}, to be signed by {letter.signed_by}"
    yield PaperLine(PaperStyle.POINT, f"{written}. {letter.text_file}, {letter.pdf_file}")
    yield PaperLine(PaperStyle.POINT, f"SHA-256: {letter.sha256}")
    for each in letter.attachments:
        yield PaperLine(PaperStyle.POINT, f"With it: {each.name}, {each.file or 'not in this bundle'}")


def _event(event: BundleEvent, *, righted: bool) -> Iterator[PaperLine]:
    later = " (put right or taken back later)" if righted else ""
    yield PaperLine(PaperStyle.POINT, f"{day_in_words(event.on)}: {event_words(event)}{later}")
    file, outcome = event.file, event.outcome
    if file is not None:
        name = f"“{file.name}”, {file.file or 'not in this bundle'}"
        sender = f", from {file.sender}" if file.sender else ""
        yield PaperLine(PaperStyle.POINT, f"   File {name}{sender}. SHA-256: {file.sha256}")
        if event.kind is EventKind.REPLY and file.sent_on is not None and file.sent_on != event.on:
            said = f"The mail bears another day: {day_in_words(file.sent_on)}."
            yield PaperLine(PaperStyle.POINT, f"   {said}")
        if file.matches:
            yield PaperLine(PaperStyle.POINT, f"   {COPY[file.copy]}")
        elif event.kind is EventKind.SENT:
            words = "The letter was not found in it; it is what the person who noted it gives as proof."
            yield PaperLine(PaperStyle.POINT, f"   {words}")
        if file.dkim is not None:
            yield PaperLine(PaperStyle.POINT, f"   {dkim_words(file.dkim, file.sender)}")
    if outcome is not None and not event.of:
        yield PaperLine(PaperStyle.POINT, "   Told without a file: self-reported by whoever noted it.")
    if outcome is not None and outcome.words:
        said = f"In their words: “{outcome.words}”" if outcome.quoted else f"{NOT_QUOTED}: {outcome.words}"
        yield PaperLine(PaperStyle.POINT, f"   {said}")
    if event.words:
        yield PaperLine(PaperStyle.POINT, f"   Noted: {event.words}")


def letter_copy(letter: Letter) -> Paper:
    """A letter as it was kept, to print: nothing in it is changed, its hash stands in the foot."""
    to = [letter.to_name, *letter.to_postal, letter.to_email]
    lines = [
        PaperLine(PaperStyle.SMALL, f"Copy of a letter kept on {day_in_words(letter.written_at)}"),
        *(PaperLine(PaperStyle.TEXT, line) for line in to if line),
        PaperLine(PaperStyle.HEADING, letter.subject),
        *(PaperLine(PaperStyle.TEXT, line) for line in letter.text.split("\n")),
    ]
    return Paper(letter.subject, f"Copy · SHA-256 {letter.sha256}", tuple(lines))
