"""How people come into a cohort: links with a QR picture, and a code for each name on a list."""

from collections.abc import Sequence
from io import BytesIO

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.cohorts import list_members, plain, show
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.rounds import teaches
from talkthrough.storage import cohorts, expected, outbox
from talkthrough.storage.tables import Attachment, Invitation


def make_invitation(desk: Desk, effect: c.MakeInvitation) -> r.Event | None:
    """A link with its QR picture."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    invitation = cohorts.invite_everybody(desk.session, row, effect.role, desk.now)
    link = link_to(desk.bot_name, invitation.code)
    values = {
        "cohort": row.name,
        "role": effect.role.value,
        "link": link,
        "code": invitation.code,
        "uses": invitation.uses_left,
        "until": plain(invitation.expires_at.date() if invitation.expires_at else None),
    }
    outbox.add(
        desk.session,
        chat_id=desk.chat_id,
        view="invitation",
        data={"values": values, "buttons": [[["Back", f"coh:show:{effect.cohort_id}"], ["Menu", "menu"]]]},
        attachment=Attachment(file_name="join.png", media_type="image/png", content=qr_picture(link)),
        now=desk.now,
    )
    return None


def link_to(bot_name: str, code: str) -> str:
    """The deep link that starts the bot with a code (Bot API, "Deep linking"; at most 64 characters of payload)."""
    return f"https://t.me/{bot_name}?start={code}"


def qr_picture(link: str) -> bytes:
    """A QR code as PNG, with the quiet zone that cameras ask for."""
    import segno

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()


def revoke(desk: Desk, effect: c.RevokeInvitations) -> r.Event:
    """Every open link of the cohort stops working."""
    if teaches(desk, effect.cohort_id) is None:
        return r.NotAllowed()
    count = cohorts.revoke_invitations(desk.session, effect.cohort_id, desk.now)
    return show(desk, c.ShowCohort(effect.cohort_id), f"Links stopped: {count}. Who has joined stays.")


def read_names(desk: Desk, effect: c.ReadNames) -> r.Event:
    """Each name of a list gets a code of its own."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    try:
        listed = expected.listed_in(effect.file.content)
        links = expected.expect(desk.session, row, listed, desk.now)
    except ValueError as problem:
        return v.TypedUnclear(str(problem))
    if links:
        desk.send_file("codes.csv", "text/csv", codes_file(desk.bot_name, links), "A link for each learner.")
    done = f"{len(links)} new names, {len(listed) - len(links)} known."
    return list_members(desk, c.ListMembers(effect.cohort_id), done)


def codes_file(bot_name: str, links: Sequence[tuple[str, Invitation]]) -> bytes:
    """Names with their codes and links, for the tutor to hand out."""
    from talkthrough.storage.records.tables import csv_file

    return csv_file(("name", "code", "link"), [(name, row.code, link_to(bot_name, row.code)) for name, row in links])


PERFORMERS: dict[type, Performer] = {
    c.MakeInvitation: make_invitation,
    c.RevokeInvitations: revoke,
    c.ReadNames: read_names,
}
