---@meta _
-- What tgscript gives to scripts. Written by `tgscript types`: changes are lost.

---Who or where: "me", "@name", a phone number, a t.me link, the exact name of a contact or chat, a marked id (user n, group -n, channel -100n), or an object that has a chat.
---@alias Target string|integer|Peer|Message

---Which message: its id, or the message itself.
---@alias MessageID integer|string|Message

---How long: seconds, or text such as "90s", "5m", "1h30m", "2d".
---@alias Duration number|string

---When: seconds since 1970 as os.time() gives them, or text such as "2026-01-31T12:00:00Z".
---@alias Time number|string

---One piece of formatting. Offset and length count bytes from 1, so that raw_text:sub(offset, offset + length - 1) is the text.
---@alias TextEntity { type: string, offset: integer, length: integer, text: string, url?: string, user_id?: integer, language?: string }

---What pcall catches: kind is Telegram's name of the error, such as "FLOOD_WAIT", or one of ours, such as "TIMEOUT" and "PEER_UNKNOWN".
---@alias Error { kind: string, message: string, code?: integer, seconds?: number, method?: string }

---What client:on can wait for.
---@alias EventName "message"|"edit"|"raw"|"connection"

---@class SendOptions
---@field reply_to? MessageID The message that this one answers.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field link_preview? boolean Show a preview of the first link; true if not given.
---@field silent? boolean Without a sound.
---@field schedule? Time Send it later.

---@class EditOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field link_preview? boolean Show a preview of the first link; true if not given.

---@class DeleteOptions
---@field revoke? boolean For everybody, not only for this account; true if not given.

---@class CommandFilters
---@field incoming? boolean Only what others wrote.
---@field outgoing? boolean Only what this account wrote, on another device or in another program.
---@field chats? Target|Target[] Only in these chats.
---@field from? Target|Target[] Only from these people, bots or channels.
---@field private? boolean In chats with one person or bot; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups.
---@field channel? boolean In channels.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.

---@class ReplyOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field link_preview? boolean Show a preview of the first link; true if not given.
---@field silent? boolean Without a sound.
---@field schedule? Time Send it later.

---@class AskOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field link_preview? boolean Show a preview of the first link; true if not given.
---@field silent? boolean Without a sound.
---@field schedule? Time Send it later.
---@field timeout? Duration How long to wait once the question is sent; without it, until the script is reloaded.

---@class MessageFilters
---@field pattern? string A Lua pattern that the text without formatting must match; captures are in event.matches.
---@field incoming? boolean Only what others wrote.
---@field outgoing? boolean Only what this account wrote, on another device or in another program.
---@field chats? Target|Target[] Only in these chats.
---@field from? Target|Target[] Only from these people, bots or channels.
---@field private? boolean In chats with one person or bot; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups.
---@field channel? boolean In channels.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.

---@class RawFilters
---@field types? string|string[] Only updates of these constructors, such as "updateUserStatus".
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.

---@class ConnectionFilters
---@field state? string|string[] Only these states.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.

---The account that the script runs on. Calls wait until Telegram has answered; other handlers run meanwhile.
---@class Client
---@field name string Name of the account in config.yaml.
---@field me Peer Who this account is, as Telegram said at sign-in.
local Client = {}

---Send a text message.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN, USER_IS_BLOCKED
---```lua
---client:send_message("me", "Hello, **myself**!")
---client:send_message("@durov", "Hi", { silent = true, link_preview = false })
---```
---@param chat Target Where to.
---@param text string What to say.
---@param options? SendOptions How to say it.
---@return Message
function Client:send_message(chat, text, options) end

---Replace the text of a message of this account.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED
---```lua
---local message = client:send_message("me", "Working ...")
---client:edit_message("me", message, "Done.")
---```
---@param chat Target Where it is.
---@param message MessageID Which one.
---@param text string The new text.
---@param options? EditOptions How it is read.
---@return Message
function Client:edit_message(chat, message, text, options) end

---Delete messages. Returns how many Telegram deleted.
---
---Errors: MESSAGE_DELETE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:delete_messages("me", { 12, 13 })
---```
---@param chat Target Where they are.
---@param messages MessageID|MessageID[] Which ones: one or a list.
---@param options? DeleteOptions For whom.
---@return integer
function Client:delete_messages(chat, messages, options) end

---Ask Telegram who this account is.
---```lua
---print("I am " .. client:get_me().name)
---```
---@return Peer
function Client:get_me() end

---Ask Telegram about a user, group or channel.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---local news = client:get_entity("@telegram")
---print(news.title, news.participants_count)
---```
---@param who Target Who or what.
---@return Peer
function Client:get_entity(who) end

---Register a handler for an event. Filters are tried without waking Lua, except `func`.
---```lua
---client:on("message", { pattern = "^/roll (%d+)$", incoming = true }, function(event)
---  event:reply("You rolled " .. math.random(tonumber(event.matches[1])))
---end)
---```
---@param event EventName Name of the event.
---@param filters? table Which events, and how: see the event.
---@param handler fun(event) Called with each event that passes the filters.
---@return Handler
---@overload fun(self: Client, event: "message", handler: fun(event: MessageEvent)): Handler
---@overload fun(self: Client, event: "message", filters: MessageFilters, handler: fun(event: MessageEvent)): Handler
---@overload fun(self: Client, event: "edit", handler: fun(event: MessageEvent)): Handler
---@overload fun(self: Client, event: "edit", filters: MessageFilters, handler: fun(event: MessageEvent)): Handler
---@overload fun(self: Client, event: "raw", handler: fun(event: Object)): Handler
---@overload fun(self: Client, event: "raw", filters: RawFilters, handler: fun(event: Object)): Handler
---@overload fun(self: Client, event: "connection", handler: fun(event: ConnectionEvent)): Handler
---@overload fun(self: Client, event: "connection", filters: ConnectionFilters, handler: fun(event: ConnectionEvent)): Handler
function Client:on(event, filters, handler) end

---Register a handler for a command: a message that begins with /name. In groups, /name@bot is only for the bot with that user name. Without `outgoing`, only commands of others count.
---```lua
---client:command("add", function(event)
---  event:reply(event.args[1] + event.args[2])
---end)
---```
---@param name string|string[] The command without its slash, or a list of names for the same.
---@param filters? CommandFilters Where, from whom, and how.
---@param handler fun(event: CommandEvent) Called with the message.
---@return Handler
---@overload fun(self: Client, name: string|string[], handler: fun(event: CommandEvent)): Handler
function Client:command(name, filters, handler) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Client:to_table() end

---A message: what a sending call returns, and what the events `message` and `edit` are about.
---@class Message
---@field id integer Number of the message within its chat.
---@field text string What was written, with its formatting as Markdown.
---@field raw_text string What was written, without formatting.
---@field entities TextEntity[] The formatting: a list of { type, offset, length, text, url?, user_id?, language? }.
---@field chat_id integer Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender_id integer? Marked id of who wrote it.
---@field chat Peer Where it is.
---@field sender Peer? Who wrote it. In a channel, the channel.
---@field date integer When it was sent: seconds since 1970.
---@field edit_date integer? When it was last changed.
---@field out boolean Sent by this account.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field is_reply boolean Answers another message.
---@field reply_to_msg_id integer? Number of the message that it answers.
---@field mentioned boolean Mentions this account, or answers a message of it.
---@field silent boolean Sent without a sound.
---@field pinned boolean Pinned in its chat.
---@field views integer? How often it was seen, in channels.
---@field forwards integer? How often it was forwarded, in channels.
---@field via_bot_id integer? Id of the inline bot that made it.
---@field grouped_id string? What the parts of one album have in common; a string, for it has 64 bits.
---@field has_media boolean Comes with a photo, file, poll or the like.
---@field raw Object The message as Telegram describes it.
local Message = {}

---Answer in the same chat, quoting this message.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---client:on("message", { incoming = true }, function(event)
---  event:reply("You said: " .. event.raw_text)
---end)
---```
---@param text string What to say.
---@param options? ReplyOptions How to say it.
---@return Message
function Message:reply(text, options) end

---Answer in the same chat, without quoting.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---event:respond("**Done.**", { silent = true })
---```
---@param text string What to say.
---@param options? ReplyOptions How to say it.
---@return Message
function Message:respond(text, options) end

---Replace this message's text. Only messages of this account can be edited.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_AUTHOR_REQUIRED, MESSAGE_EDIT_TIME_EXPIRED
---```lua
---local message = event:respond("Working ...")
---message:edit("Done.")
---```
---@param text string The new text.
---@param options? EditOptions How it is read.
---@return Message
function Message:edit(text, options) end

---Delete this message. Returns whether Telegram deleted it.
---
---Errors: MESSAGE_DELETE_FORBIDDEN
---```lua
---event:delete({ revoke = false }) -- for this account only
---```
---@param options? DeleteOptions For whom.
---@return boolean
function Message:delete(options) end

---Say something in the same chat and wait for the next message that the same person writes there. Handlers don't get that message.
---
---Errors: TIMEOUT
---```lua
---local answer = event:ask("What is your name?", { timeout = "5m" })
---answer:reply("Nice to meet you, " .. answer.raw_text)
---```
---@param question string What to ask.
---@param options? AskOptions How to ask, and how long to wait.
---@return Message
function Message:ask(question, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Message:to_table() end

---A message as the handlers of `message` and `edit` get it.
---@class MessageEvent: Message
---@field matches string[] What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.
---@field late boolean Written while the script's account was not running.
local MessageEvent = {}

---Keep the event from the handlers that come after this one.
---```lua
---client:on("message", { priority = 10 }, function(event)
---  if event.text == "secret" then event:stop() end
---end)
---```
function MessageEvent:stop() end

---A message as the handlers of client:command get it.
---@class CommandEvent: MessageEvent
---@field command string Name of the command, in lower case and without the slash.
---@field args string[] The words after the command.
---@field rest string All that stands after the command, as it was typed.
local CommandEvent = {}

---A user, bot, group or channel. All have the same fields; those that make no sense for one are nil or false. Fields tell what was known when the event came: client:get_entity asks Telegram anew.
---@class Peer
---@field id integer Marked id: user n, group -n, supergroup or channel -100n.
---@field kind "user"|"bot"|"group"|"supergroup"|"channel" What it is.
---@field name string What a list of chats shows: first and last name, or the title.
---@field title string? Title of a group or channel.
---@field first_name string? First name of a user.
---@field last_name string? Last name of a user.
---@field username string? Public name without the @.
---@field usernames string[] All public names without the @; the one that is shown comes first.
---@field phone string? Phone number, where the user lets us see it.
---@field lang_code string? Language of the user's app, where a bot is told.
---@field is_user boolean A person or a bot.
---@field is_bot boolean A bot.
---@field is_group boolean A group or supergroup.
---@field is_channel boolean A channel, where only admins write.
---@field is_self boolean The account that this script runs on.
---@field is_contact boolean In the account's contacts.
---@field is_premium boolean Has Telegram Premium.
---@field is_deleted boolean The account was deleted.
---@field is_verified boolean Verified by Telegram.
---@field is_scam boolean Reported as a scam.
---@field is_fake boolean Reported as pretending to be somebody else.
---@field participants_count integer? How many members, where known.
local Peer = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Peer:to_table() end

---A change of the link to Telegram.
---@class ConnectionEvent
---@field state "connecting"|"ready"|"disconnected" How the link is now.
---@field reason string? Why the link was lost.
local ConnectionEvent = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ConnectionEvent:to_table() end

---A value of Telegram's own types, with the names of https://core.telegram.org/schema: `_` is the constructor, a field that is absent is nil. Ids of users, chats and channels are numbers, other 64-bit numbers are strings of digits, bytes are strings.
---@class Object
---@field [string] any Telegram's own names.
local Object = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Object:to_table() end

---A registered handler.
---@class Handler
---@field event string Name of the event.
---@field site string Where it was registered: file and line.
local Handler = {}

---Take the handler away. A call that is running goes on.
function Handler:off() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Handler:to_table() end

---A function that will be called later. Timers end with the version of the script that made them.
---@class Timer
local Timer = {}

---Don't call it any more. A call that is running goes on.
function Timer:cancel() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Timer:to_table() end

---Everything that is not about the account.
---@class tg
---@field args table<string, any> What `args` in config.yaml gives to this script.
---@field version string Version of tgscript.
tg = {}

---Wait. Other handlers of the script run meanwhile.
---```lua
---tg.sleep(1.5)
---tg.sleep("2m")
---```
---@param duration Duration How long.
function tg.sleep(duration) end

---Call a function once, later.
---```lua
---tg.after("10m", function() client:send_message("me", "Tea is ready.") end)
---```
---@param duration Duration How long.
---@param fn fun() What to call.
---@return Timer
function tg.after(duration, fn) end

---Call a function again and again. A call that takes longer than that is not overtaken by the next.
---```lua
---local timer = tg.every("1h", function() client:send_message("me", "Still here.") end)
---timer:cancel()
---```
---@param duration Duration How long.
---@param fn fun() What to call.
---@return Timer
function tg.every(duration, fn) end

---Call a function beside the running one, and don't wait for it.
---```lua
---tg.spawn(function(name) client:send_message(name, "Good morning") end, "@alice")
---```
---@param fn fun(...) What to call.
---@param ... any What to give it.
function tg.spawn(fn, ...) end

---Write to the program's log. `tg.log(...)` is `tg.log.info(...)`.
---@class tg.log
---@overload fun(...: any)
tg.log = {}

---What only helps to find a mistake.
---```lua
---tg.log("started")
---tg.log.warn("slow answer", { seconds = 12 })
---```
---@param ... any What to say; a table at the end gives the line named values.
function tg.log.debug(...) end

---What is good to know.
---```lua
---tg.log("started")
---tg.log.warn("slow answer", { seconds = 12 })
---```
---@param ... any What to say; a table at the end gives the line named values.
function tg.log.info(...) end

---What may become a problem.
---```lua
---tg.log("started")
---tg.log.warn("slow answer", { seconds = 12 })
---```
---@param ... any What to say; a table at the end gives the line named values.
function tg.log.warn(...) end

---What went wrong.
---```lua
---tg.log("started")
---tg.log.warn("slow answer", { seconds = 12 })
---```
---@param ... any What to say; a table at the end gives the line named values.
function tg.log.error(...) end

---The account that the script runs on.
---@type Client
client = nil
