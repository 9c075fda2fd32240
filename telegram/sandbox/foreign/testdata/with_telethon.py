"""Drives a sandbox with Telethon. Usage: with_telethon.py INFO.json, which is what `tgscript sandbox --json` prints.

Prints one JSON line for each scenario: {"scenario": name, "error": traceback or null}.
"""
import asyncio
import hashlib
import io
import json
import struct
import sys
import traceback
import urllib.request
import zlib

from telethon import Button, TelegramClient, errors, events, functions, types
from telethon.crypto import rsa
from telethon.network import connection as ways
from telethon.sessions import MemorySession
from telethon.tl.alltlobjects import LAYER

PATIENCE = 60
results, sys.stdout = sys.stdout, sys.stderr  # Telethon prints on stdout, too
scenarios = []
old_layer = LAYER < 150
info = json.load(open(sys.argv[1]))
host, port = info["address"].rsplit(":", 1)
people = {p["name"]: p for p in info["people"]}
bots = {b["name"]: b for b in info["bots"]}
chats = {c["title"]: c for c in info["chats"]}
for old in (False, True):  # both schemes of RSA padding: whichever this version prefers
    rsa.add_key(open(info["public_key"]).read(), old=old)


def scenario(f):
    scenarios.append(f)
    return f


def client(way=ways.ConnectionTcpFull):
    session = MemorySession()
    session.set_dc(info["dc"], host, int(port))
    return TelegramClient(session, info["api_id"], info["api_hash"], connection=way, connection_retries=3)


async def user(name, **more):
    c = client()
    await c.start(phone=people[name]["phone"], code_callback=lambda: info["code"], **more)
    return c


class Cast:
    """The clients that stay signed in for the scenarios after the sign-ins."""


cast = Cast()


def check(got, want, what):
    if got != want:
        raise AssertionError("%s: got %r, want %r" % (what, got, want))


def order(path, **fields):
    """Gives the sandbox an order, over its control API."""
    request = urllib.request.Request("http://" + info["control"]["address"] + path, json.dumps(fields).encode())
    request.add_header("Authorization", "Bearer " + info["control"]["token"])
    return json.load(urllib.request.urlopen(request))


async def soon(future):
    return await asyncio.wait_for(future, PATIENCE)


def heard(c, builder, take=lambda e: e):
    """A future for the next event of a kind."""
    future = asyncio.get_event_loop().create_future()

    async def handler(event):
        c.remove_event_handler(handler)
        if not future.done():
            future.set_result(take(event))

    c.add_event_handler(handler, builder)
    return future


def transport(name, way):
    async def connect():
        c = client(way)
        await c.connect()
        try:
            config = await c(functions.help.GetConfigRequest())
            check(config.this_dc, info["dc"], "the data centre")
        finally:
            await c.disconnect()

    connect.__name__ = "connect_" + name
    scenario(connect)


transport("full", ways.ConnectionTcpFull)
transport("abridged", ways.ConnectionTcpAbridged)
transport("intermediate", ways.ConnectionTcpIntermediate)
transport("obfuscated", ways.ConnectionTcpObfuscated)


@scenario
async def sign_in_with_code():
    c = client()
    await c.connect()
    phone = people["alice"]["phone"]
    await c.send_code_request(phone)
    try:
        await c.sign_in(phone, "00000")
        raise AssertionError("a wrong code was taken")
    except errors.PhoneCodeInvalidError:
        pass
    me = await c.sign_in(phone, info["code"])
    check(me.username, "alice", "the account")
    cast.alice = c


@scenario
async def sign_in_with_password():
    c = client()
    await c.connect()
    phone = people["carol"]["phone"]
    await c.send_code_request(phone)
    try:
        await c.sign_in(phone, info["code"])
        raise AssertionError("no password was asked for")
    except errors.SessionPasswordNeededError:
        pass
    try:
        await c.sign_in(password="wrong horse")
        raise AssertionError("a wrong password was taken")
    except errors.PasswordHashInvalidError:
        pass
    me = await c.sign_in(password=people["carol"]["password"])
    check(me.first_name, "carol", "the account")
    cast.carol = c


@scenario
async def sign_in_as_bot():
    c = client()
    await c.start(bot_token=bots["EchoBot"]["token"])
    me = await c.get_me()
    check((me.bot, me.username), (True, bots["EchoBot"]["username"]), "the bot")
    cast.bot = c


@scenario
async def sign_in_elsewhere():
    c = await user("dave")  # lives at another data centre
    check((await c.get_me()).first_name, "dave", "the account")
    await c.log_out()


@scenario
async def send_edit_delete():
    sent = await cast.alice.send_message(people["bob"]["username"], "Hello, **bold** world")
    check((sent.text, sent.raw_text), ("Hello, **bold** world", "Hello, bold world"), "the message")
    edited = await sent.edit("Changed")
    check((edited.id, edited.text), (sent.id, "Changed"), "the edited message")
    try:
        await sent.edit("Changed")
        raise AssertionError("an edit that changes nothing was taken")
    except errors.MessageNotModifiedError:
        pass
    await sent.delete()
    check(await cast.alice.get_messages(people["bob"]["username"], ids=sent.id), None, "the deleted message")


@scenario
async def reply_and_forward():
    question = await cast.alice.send_message(chats["Friends"]["id"], "Who is coming?")
    answer = await question.reply("Me")
    check(answer.reply_to_msg_id, question.id, "the quoted message")
    forwarded = await answer.forward_to("me")
    check((forwarded.text, forwarded.forward.sender_id), ("Me", people["alice"]["id"]), "the forwarded message")


@scenario
async def events_both_ways():
    alice, carol = cast.alice, cast.carol
    there = heard(carol, events.NewMessage(incoming=True, chats=people["alice"]["id"]), lambda e: e.message)
    await alice.send_message(people["carol"]["username"], "Are you there?")
    question = await soon(there)
    check((question.text, question.sender_id), ("Are you there?", people["alice"]["id"]), "what carol hears")
    back = heard(alice, events.NewMessage(incoming=True, chats=people["carol"]["id"]), lambda e: e.message)
    answer = await question.reply("Yes")
    got = await soon(back)
    check(got.text, "Yes", "what alice hears")
    check((await got.get_reply_message()).text, "Are you there?", "what carol answers to")
    changed = heard(alice, events.MessageEdited(chats=people["carol"]["id"]), lambda e: e.message.text)
    await answer.edit("Yes, I am")
    check(await soon(changed), "Yes, I am", "the edit that alice hears of")
    gone = heard(alice, events.MessageDeleted(), lambda e: e.deleted_ids)
    await answer.delete()
    check(await soon(gone), [got.id], "the deletion that alice hears of")


@scenario
async def events_of_a_channel():
    there = heard(cast.carol, events.NewMessage(chats="sandbox_workshop"), lambda e: e.message.text)
    sent = await cast.alice.send_message("sandbox_workshop", "To all")
    check(await soon(there), "To all", "what carol hears in the supergroup")
    gone = heard(cast.carol, events.MessageDeleted(chats="sandbox_workshop"), lambda e: e.deleted_ids)
    await sent.delete()
    check(await soon(gone), [sent.id], "the deletion in the supergroup")


@scenario
async def bot_answers():
    async def echo(event):
        await event.respond("You said " + event.text)

    cast.bot.add_event_handler(echo, events.NewMessage(incoming=True))
    back = heard(cast.alice, events.NewMessage(incoming=True, chats=bots["EchoBot"]["id"]), lambda e: e.message.text)
    await cast.alice.send_message(bots["EchoBot"]["username"], "/start")
    check(await soon(back), "You said /start", "the bot's answer")
    cast.bot.remove_event_handler(echo)


@scenario
async def history():
    for n in range(12):
        await cast.alice.send_message("me", "note %d" % n)
    texts = [m.text async for m in cast.alice.iter_messages("me", limit=5)]
    check(texts, ["note %d" % n for n in (11, 10, 9, 8, 7)], "the newest")
    texts = [m.text async for m in cast.alice.iter_messages("me", reverse=True, search="note")]
    check(texts, ["note %d" % n for n in range(12)], "what is found, oldest first")
    newest = (await cast.alice.get_messages("me", limit=1))[0]
    older = await cast.alice.get_messages("me", limit=2, offset_id=newest.id)
    check([m.text for m in older], ["note 10", "note 9"], "what is before a message")
    check((await cast.alice.get_messages("me", limit=0)).total > 12, True, "the number of notes")


@scenario
async def dialogs():
    names = [d.name async for d in cast.alice.iter_dialogs()]
    for name in ("Friends", "Workshop", "News", "carol", "EchoBot"):
        check(name in names, True, "%s is among %s" % (name, names))
    check(names[0], "alice", "the dialog of the last message")
    unread = [d.unread_count async for d in cast.carol.iter_dialogs() if d.name == "alice"]
    check(len(unread), 1, "carol's chat with alice")
    await cast.carol.send_read_acknowledge(people["alice"]["id"])
    check([d.unread_count async for d in cast.carol.iter_dialogs() if d.name == "alice"], [0], "what carol hasn't read")


@scenario
async def participants():
    for chat in (chats["Friends"]["id"], "sandbox_workshop"):
        names = [p.first_name for p in await cast.alice.get_participants(chat)]
        for name in ("alice", "bob", "carol"):
            check(name in names, True, "%s is in %s: %s" % (name, chat, names))
    found = await cast.alice.get_participants("sandbox_workshop", search="bob")
    check([p.first_name for p in found], ["bob"], "the members found by name")
    full = await cast.alice(functions.channels.GetFullChannelRequest("sandbox_workshop"))
    check(full.full_chat.participants_count >= 3, True, "the number of members")


@scenario
async def refusals():
    try:
        await cast.alice.send_message("nobody_at_all", "?")
        raise AssertionError("nobody was found")
    except (ValueError, errors.UsernameNotOccupiedError):
        pass
    try:
        await cast.bot(functions.messages.GetDialogsRequest(0, 0, types.InputPeerEmpty(), 10, 0))
        raise AssertionError("a bot has dialogs")
    except errors.BotMethodInvalidError:
        pass


@scenario
async def files():
    """Small and big, to another account and to another data centre, and by pieces."""
    dave = await user("dave")  # lives at another data centre, and so do his files
    for size in (300_001, 11_000_001):
        data = hashlib.sha256(b"telethon").digest() * (size // 32 + 1)
        sent = await cast.alice.send_file("carol", named(data[:size], "report.pdf"), caption="a **file**", force_document=True)
        check((sent.file.name, sent.file.size, sent.file.mime_type, sent.text), ("report.pdf", size, "application/pdf", "a **file**"), "the file")
        got = (await cast.carol.get_messages("alice", limit=1))[0]
        check(await got.download_media(file=bytes) == data[:size], True, "what carol downloads")
    far = await dave.send_file("alice", named(data[:70_000], "far.bin"), force_document=True)
    await cast.alice.get_dialogs()
    near = (await cast.alice.get_messages(people["dave"]["id"], limit=1))[0]
    check(near.document.dc_id == info["dc"], False, "dave's files live where alice does")
    check(await near.download_media(file=bytes) == data[:70_000], True, "what alice downloads from there")
    pieces = b""
    async for piece in cast.alice.iter_download(near.document, offset=5000, limit=2, request_size=8192):
        pieces += bytes(piece)
    check(pieces == data[5000:5000 + len(pieces)] and len(pieces) == 2 * 8192, True, "the pieces")
    check(far.document.id, near.document.id, "the document's id for both")
    await dave.log_out()


@scenario
async def media():
    """What isn't in a file, and what is found of it."""
    die = await cast.alice.send_file("me", types.InputMediaDice("\U0001f3b2"))
    check(1 <= die.media.value <= 6, True, "the die shows %d" % die.media.value)
    place = await cast.alice.send_file("me", types.InputMediaGeoPoint(types.InputGeoPoint(52.5, 13.4)))
    check(place.geo.lat, 52.5, "where it is")
    card = await cast.alice.send_file("me", types.InputMediaContact(people["bob"]["phone"], "Bob", "", ""))
    check(card.contact.user_id, people["bob"]["id"], "whose card it is")
    video = await cast.alice.send_file("me", named(b"no film", "a.mp4"), force_document=True, attributes=[types.DocumentAttributeVideo(7, 320, 200)])
    check((video.file.duration, video.file.width), (7, 320), "how long and wide it is")
    for kind, count in (("Geo", 1), ("Contacts", 1), ("Video", 1), ("Photos", 0)):
        found = await cast.alice.get_messages("me", filter=getattr(types, "InputMessagesFilter" + kind), limit=9)
        check(len(found), count, "messages of " + kind)


@scenario
async def pictures():
    sent = await cast.alice.send_file("me", named(png(400, 300), "a.png"), caption="before")
    check([type(s).__name__ for s in sent.photo.sizes], ["PhotoStrippedSize", "PhotoSize", "PhotoSize"], "the sizes")
    for n in range(3):
        got = await sent.download_media(file=bytes, thumb=n)
        check(got[:2], b"\xff\xd8", "the start of size %d" % n)
    edited = await cast.alice.edit_message("me", sent.id, "after", file=named(png(50, 50), "b.png"))
    check((edited.text, edited.photo.id == sent.photo.id), ("after", False), "the message afterwards")
    album = await cast.alice.send_file("me", [named(png(9, 9), "a.png"), named(png(8, 8), "b.png")], caption=["one", "two"])
    check([m.text for m in album], ["one", "two"], "the captions")
    check(len({m.grouped_id for m in album}), 1, "albums")
    again = await cast.alice.forward_messages("me", [m.id for m in album], "me")
    check([m.photo.id for m in again], [m.photo.id for m in album], "the photos forwarded")
    check(len({m.grouped_id for m in album + list(again)}), 2, "albums")
    await cast.alice(functions.photos.UploadProfilePhotoRequest(file=await cast.alice.upload_file(named(png(400, 400), "me.png"))))
    check((await cast.alice.get_me()).photo.dc_id, info["dc"], "where the profile photo lives")
    for big in (True, False):
        face = await cast.carol.download_profile_photo("alice", file=bytes, download_big=big)
        check(face[:2], b"\xff\xd8", "the start of the profile photo")
    check(len(await cast.carol.get_profile_photos("alice")), 1, "profile photos")


def named(data, name):
    file = io.BytesIO(data)
    file.name = name
    return file


def png(width, height):
    """A picture, without a library for them."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * 255 // width, y * 255 // height, 128)[i] for x in range(width) for i in range(3)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@scenario
async def buttons_and_callbacks():
    async def answer(event):
        await event.answer("You pressed " + event.data.decode(), alert=True)
        await event.edit("Pressed", buttons=[[Button.inline("Again", b"again")]])

    cast.bot.add_event_handler(answer, events.CallbackQuery())
    shown = heard(cast.alice, events.NewMessage(incoming=True, chats=bots["EchoBot"]["id"]), lambda e: e.message)
    await cast.bot.send_message(people["alice"]["id"], "Choose", buttons=[
        [Button.inline("One", b"one"), Button.inline("Two", b"two")], [Button.url("Site", "https://example.com/page")]])
    message = await soon(shown)
    check([[b.text for b in row] for row in message.buttons], [["One", "Two"], ["Site"]], "the buttons")
    check(message.buttons[1][0].url, "https://example.com/page", "the link")
    changed = heard(cast.alice, events.MessageEdited(chats=bots["EchoBot"]["id"]), lambda e: e.message)
    said = await message.click(text="Two")
    check((said.message, said.alert), ("You pressed two", True), "the answer")
    edited = await soon(changed)
    check((edited.text, edited.buttons[0][0].data), ("Pressed", b"again"), "the edited message")
    cast.bot.remove_event_handler(answer)
    try:
        await cast.bot.send_message(people["alice"]["id"], "Too much", buttons=[Button.inline("Long", b"x" * 65)])
        raise AssertionError("65 bytes of data were taken")
    except (ValueError, errors.ButtonDataInvalidError):
        pass


@scenario
async def reply_keyboards():
    shown = heard(cast.alice, events.NewMessage(incoming=True, chats=bots["EchoBot"]["id"]), lambda e: e.message)
    await cast.bot.send_message(people["alice"]["id"], "Say it", buttons=[[Button.text("Yes", resize=True), Button.text("No")]])
    message = await soon(shown)
    check([b.text for b in message.buttons[0]], ["Yes", "No"], "the keyboard")
    pressed = heard(cast.bot, events.NewMessage(incoming=True), lambda e: e.message.text)
    await message.click(text="Yes")
    check(await soon(pressed), "Yes", "what the bot hears")
    await cast.bot.send_message(people["alice"]["id"], "Gone", buttons=Button.clear())


@scenario
async def inline_mode():
    async def offer(event):
        await event.answer([event.builder.article("Title of " + event.text, text="Text of " + event.text, buttons=Button.inline("More", b"more"))])

    async def press(event):
        await event.answer("Done")  # first: an edit answers, too, with nothing
        await event.edit("Edited", buttons=[Button.inline("More", b"more")])

    cast.bot.add_event_handler(offer, events.InlineQuery())
    cast.bot.add_event_handler(press, events.CallbackQuery(data=b"more"))
    offers = await cast.alice.inline_query(bots["EchoBot"]["username"], "query")
    check([o.title for o in offers], ["Title of query"], "what the bot offers")
    sent = await offers[0].click(people["carol"]["username"])
    check((sent.text, sent.via_bot_id), ("Text of query", bots["EchoBot"]["id"]), "the message")
    changed = heard(cast.alice, events.MessageEdited(chats=people["carol"]["id"]), lambda e: e.message.text)
    check((await sent.click(0)).message, "Done", "the answer")
    check(await soon(changed), "Edited", "the edited message")
    cast.bot.remove_event_handler(offer)
    cast.bot.remove_event_handler(press)


@scenario
async def polls():
    def words(s):
        return s if old_layer else types.TextWithEntities(s, [])

    poll = types.Poll(id=0, question=words("Tea?"), answers=[types.PollAnswer(words("Yes"), b"y"), types.PollAnswer(words("No"), b"n")],
                      **({} if old_layer else {"hash": 0}))
    sent = await cast.alice.send_message("sandbox_workshop", file=types.InputMediaPoll(poll))
    if old_layer:
        check((sent.poll.poll.question, [a.text for a in sent.poll.poll.answers]), ("Tea?", ["Yes", "No"]), "the poll")
    await cast.carol(functions.messages.SendVoteRequest("sandbox_workshop", sent.id, [b"y"]))
    await cast.alice(functions.messages.SendVoteRequest("sandbox_workshop", sent.id, [b"n"]))
    results = (await cast.alice.get_messages("sandbox_workshop", ids=sent.id)).poll.results
    check([(r.option, r.voters, r.chosen) for r in results.results], [(b"y", 1, False), (b"n", 1, True)], "the votes")
    await sent.delete()


@scenario
async def reactions_and_drafts():
    sent = await cast.alice.send_message("sandbox_workshop", "Like it?")
    await cast.carol(functions.messages.SendReactionRequest(
        "sandbox_workshop", sent.id, reaction="👍" if old_layer else [types.ReactionEmoji("👍")]))
    shown = (await cast.alice.get_messages("sandbox_workshop", ids=sent.id)).reactions.results[0]
    check((shown.count, getattr(shown.reaction, "emoticon", shown.reaction)), (1, "👍"), "the reaction")
    await sent.delete()
    await cast.alice(functions.messages.SaveDraftRequest("me", "half a thou"))
    drafts = [d.text for d in await cast.alice.get_drafts() if not d.is_empty]
    check(drafts, ["half a thou"], "the draft")
    await cast.alice(functions.messages.SaveDraftRequest("me", ""))


@scenario
async def commands():
    scope = types.BotCommandScopeDefault()
    await cast.bot(functions.bots.SetBotCommandsRequest(scope, "", [types.BotCommand("help", "What I can do")]))
    full = await cast.alice(functions.users.GetFullUserRequest(bots["EchoBot"]["username"]))
    check([c.command for c in full.full_user.bot_info.commands], ["help"], "the bot's commands")
    await cast.bot(functions.bots.ResetBotCommandsRequest(scope, ""))


@scenario
async def supergroups():
    """Made, filled, governed and watched."""
    made = await cast.alice(functions.channels.CreateChannelRequest("Ruled", "By Telethon", megagroup=True))
    group = made.chats[0]
    bob, carol = people["bob"]["id"], people["carol"]["id"]
    await cast.alice(functions.channels.InviteToChannelRequest(group, [bob, carol]))
    check({p.id for p in await cast.alice.get_participants(group)}, {people["alice"]["id"], bob, carol}, "the members")
    joined = await cast.carol.get_entity(types.PeerChannel(group.id)) if await cast.carol.get_dialogs() else None
    try:
        await cast.carol.kick_participant(joined, people["alice"]["username"])
        raise AssertionError("a member kicked the creator")
    except (errors.ChatAdminRequiredError, errors.UserAdminInvalidError):
        pass
    await cast.alice.edit_admin(group, carol, ban_users=True, title="keeper")
    admins = await cast.alice.get_participants(group, filter=types.ChannelParticipantsAdmins())
    check(sorted(p.first_name for p in admins), ["alice", "carol"], "the admins")
    check((await cast.alice.get_permissions(group, carol)).ban_users, True, "what carol may do")
    await cast.carol.edit_permissions(joined, people["bob"]["username"], send_messages=False)
    check((await cast.alice.get_permissions(group, bob)).is_banned, True, "bob is restricted")
    await cast.carol.kick_participant(joined, people["bob"]["username"])
    check(len(await cast.alice.get_participants(group)), 2, "the members that are left")
    await cast.alice.edit_permissions(group, bob, view_messages=False)
    kicked = await cast.alice.get_participants(group, filter=types.ChannelParticipantsKicked(""))
    check([p.id for p in kicked], [bob], "who is kept out")
    await cast.alice(functions.channels.EditTitleRequest(group, "Ruled well"))
    actions = [type(e.action).__name__ for e in await cast.alice.get_admin_log(group)]
    check("ChannelAdminLogEventActionChangeTitle" in actions, True, "a title in %s" % actions)
    check(actions.count("ChannelAdminLogEventActionParticipantToggleBan") >= 3, True, "bans in %s" % actions)
    edits = [e.new for e in await cast.alice.get_admin_log(group, info=True)]
    check(edits, ["Ruled well"], "what the log says of the title")
    sent = await cast.alice.send_message(group, "Important")
    await sent.pin()
    check((await cast.alice.get_messages(group, ids=types.InputMessagePinned())).text, "Important", "what is pinned")
    await cast.alice.unpin_message(group)
    await cast.alice(functions.channels.ToggleSlowModeRequest(group, 10))
    await cast.alice(functions.channels.DeleteChannelRequest(group))


@scenario
async def invite_links():
    group = (await cast.alice(functions.channels.CreateChannelRequest("By link", "", megagroup=True))).chats[0]
    link = (await cast.alice(functions.messages.ExportChatInviteRequest(group, usage_limit=1, title="one"))).link
    seen = await cast.carol(functions.messages.CheckChatInviteRequest(link.rsplit("+", 1)[1]))
    check((seen.title, seen.participants_count), ("By link", 1), "what the link leads to")
    told = heard(cast.alice, events.ChatAction(group, func=lambda e: e.user_joined))
    await cast.carol(functions.messages.ImportChatInviteRequest(link.rsplit("+", 1)[1]))
    check((await soon(told)).user_id, people["carol"]["id"], "who came")
    asks = (await cast.alice(functions.messages.ExportChatInviteRequest(group, request_needed=True))).link
    who = await cast.alice(functions.messages.GetChatInviteImportersRequest(group, None, types.InputUserEmpty(), 10, link=link))
    check([i.user_id for i in who.importers], [people["carol"]["id"]], "who came by it")
    await cast.carol.delete_dialog(await cast.carol.get_entity(link))
    try:
        await cast.carol(functions.messages.ImportChatInviteRequest(asks.rsplit("+", 1)[1]))
        raise AssertionError("a request let carol in")
    except errors.InviteRequestSentError:
        pass
    await cast.alice(functions.messages.HideChatJoinRequestRequest(group, people["carol"]["id"], approved=True))
    check(len(await cast.alice.get_participants(group)), 2, "the members")


@scenario
async def basic_groups():
    made = await cast.alice(functions.messages.CreateChatRequest([people["bob"]["id"], people["carol"]["id"]], "Small"))
    group = made.chats[0]
    await cast.alice(functions.messages.EditChatTitleRequest(group.id, "Still small"))
    await cast.alice.kick_participant(group, people["bob"]["id"])
    check(len(await cast.alice.get_participants(group)), 2, "the members")
    moved = await cast.alice(functions.messages.MigrateChatRequest(group.id))
    grown = [c for c in moved.chats if isinstance(c, types.Channel)][0]
    check((grown.title, grown.megagroup), ("Still small", True), "what it has become")


@scenario
async def profile_and_privacy():
    await cast.alice(functions.contacts.BlockRequest(people["dave"]["username"]))
    check(len((await cast.alice(functions.contacts.GetBlockedRequest(0, 10))).blocked), 1, "whom alice has blocked")
    await cast.alice(functions.contacts.UnblockRequest(people["dave"]["username"]))
    key, rules = types.InputPrivacyKeyForwards(), [types.InputPrivacyValueAllowContacts()]
    await cast.alice(functions.account.SetPrivacyRequest(key, rules))
    got = await cast.alice(functions.account.GetPrivacyRequest(key))
    check([type(r).__name__ for r in got.rules], ["PrivacyValueAllowContacts"], "the rules")
    check(await cast.alice.edit_2fa(new_password="hunter2", hint="a joke"), True, "setting a password")
    check(await cast.alice.edit_2fa(current_password="hunter2", new_password="hunter3"), True, "changing it")
    check(await cast.alice.edit_2fa(current_password="hunter3"), True, "removing it")


@scenario
async def a_person_directed_over_http():
    there = heard(cast.carol, events.NewMessage(incoming=True, chats=people["bob"]["id"]), lambda e: e.message.text)
    order("/send", **{"as": "bob", "chat": "carol", "text": "Sent by order"})
    check(await soon(there), "Sent by order", "what carol hears")


@scenario
async def flood_wait():
    """Short waits are slept through, long ones are told."""
    order("/fault", method="messages.sendMessage", flood_wait=1, times=1, account="alice")
    check((await cast.alice.send_message("me", "after a second")).text, "after a second", "the message that had to wait")
    order("/fault", method="contacts.search", flood_wait=3600, times=1, account="alice")
    try:
        await cast.alice(functions.contacts.SearchRequest("bob", 10))
        raise AssertionError("there was nothing to wait for")
    except errors.FloodWaitError as e:
        check(e.seconds, 3600, "the time to wait")


@scenario
async def errors_of_the_server():
    order("/fault", method="messages.getDialogs", code=500, message="INTERNAL", times=2, account="alice")
    check(len(await cast.alice.get_dialogs(limit=1)), 1, "the dialogs at the third try")


@scenario
async def a_torn_answer():
    order("/fault", method="messages.getDialogs", tear=True, times=1, account="alice")
    check(len(await cast.alice.get_dialogs(limit=1)), 1, "the dialogs after the connection has gone")


@scenario
async def a_wrong_clock():
    """A client takes the server's time when its message ids are refused.

    The others are away meanwhile: Telethon ignores what comes from another time, answers as well.
    """
    others = [c for c in vars(cast).values() if c.is_connected()]
    for c in others:
        await c.disconnect()
    try:
        for skew in ("2h", "-2h"):
            order("/clock", skew=skew)
            c = client()
            await asyncio.wait_for(c.connect(), PATIENCE)
            config = await asyncio.wait_for(c(functions.help.GetConfigRequest()), PATIENCE)
            check(config.this_dc, info["dc"], "the data centre with a clock %s off" % skew)
            await c.disconnect()
    finally:
        order("/clock", skew="0s")
        for c in others:
            await c.connect()


@scenario
async def missed_while_away():
    """Telethon asks for the difference when it connects again, if it is told to."""
    await cast.carol.disconnect()
    await cast.alice.send_message(people["carol"]["id"], "While you were away")
    await cast.carol.connect()
    texts = [m.text for m in await cast.carol.get_messages(people["alice"]["id"], limit=1)]
    check(texts, ["While you were away"], "what carol finds")


@scenario
async def log_out():
    check(await cast.carol.log_out(), True, "logging out")
    again = await user("carol", password=people["carol"]["password"])
    check((await again.get_me()).first_name, "carol", "the account")
    await again.disconnect()


async def main():
    for f in scenarios:
        error = None
        try:
            await asyncio.wait_for(f(), 3 * PATIENCE)
        except BaseException:
            error = traceback.format_exc()
        print(json.dumps({"scenario": f.__name__, "error": error}), file=results, flush=True)
    for name in ("alice", "bot"):
        c = getattr(cast, name, None)
        if c:
            await c.disconnect()


asyncio.run(main())
