---@meta _
-- What tgscript gives to scripts. Written by `tgscript types`: changes are lost.

---Who or where: "me", "@name", a phone number, a t.me link, the exact name of a contact or chat, a marked id (user n, group -n, channel -100n), or an object that has a chat.
---@alias Target string|integer|Peer|Message|Dialog|Draft|Object

---Which message: its id, or the message itself.
---@alias MessageID integer|string|Message

---The filters that look at messages, as they stand in tables of any, all and none.
---@alias MessageTests MessageFilters

---How long: seconds, or text such as "90s", "5m", "1h30m", "2d".
---@alias Duration number|string

---When: seconds since 1970 as os.time() gives them, or text such as "2026-01-31T12:00:00Z".
---@alias Time number|string

---When: seconds since 1970, text such as "2026-01-31T12:00:00Z", how long from now as "5m" or "2d", or "online" for when the reader is.
---@alias When number|string

---One piece of formatting. Offset and length count bytes from 1, so that raw_text:sub(offset, offset + length - 1) is the text.
---@alias TextEntity { type: string, offset: integer, length: integer, text: string, url?: string, user_id?: integer, language?: string, custom_emoji_id?: string, collapsed?: boolean }

---What pcall catches: kind is Telegram's name of the error, such as "FLOOD_WAIT", or one of ours, such as "TIMEOUT" and "PEER_UNKNOWN".
---@alias Error { kind: ErrorKind, message: string, code?: integer, value?: integer, seconds?: number, method?: string }

---A poll with what is known of its results: who hasn't voted sees no numbers before it is closed.
---@alias Poll { id: string, question: string, answers: { text: string, voters: integer, chosen: boolean, correct: boolean }[], voters: integer, closed: boolean, quiz: boolean, multiple: boolean, anonymous: boolean, explanation?: string, close_at?: integer, period?: integer }

---A file to send: a path, an address that Telegram fetches ("https://..."), a file id of the Bot API, a file or message that was met, what client:upload_file returned, or a table: { bytes = "...", name = "a.txt" }.
---@alias FileSource string|File|Message|Object|{ path?: string, bytes?: string, url?: string, file_id?: string, name?: string }

---What is downloaded: a message or its file, media or a location as Telegram describes it, or a file id of the Bot API.
---@alias MediaSource Message|File|Object|string|table

---A keyboard: one button, a row of buttons or a list of rows. A button is what tg.button makes, a table such as { text = "Yes", data = "yes" } with data, on, url, switch_inline, switch_inline_here, web_app, copy, user or request, or plain text for a reply keyboard. A table of buttons may have resize, single_use, selective, persistent and placeholder, too. false takes the buttons away from a message that is edited.
---@alias Buttons false|string|Button|Keyboard|ReplyMarkup|Object|table

---An offer to an inline query: title, description, id, url, thumb, buttons, and one content: text (with parse_mode, link_preview), file (with type, mime_type, width, height, duration, performer; the text is its caption unless include_media is false), geo (with period), venue = { title, address, geo }, contact = { phone, first_name } or game.
---@alias OfferTable table

---Which button is pressed, and what it may have of the account: text, data, filter, password, share_phone, share_geo, share_peers, login.
---@alias ClickOptions table

---A movement of Stars; amount is less than 0 for what was paid.
---@alias StarsTransaction { id: string, amount: number, date: integer, peer?: Peer, title: string, description: string, payload: string, refund: boolean }

---An invite link.
---@alias Link string|InviteLink

---Which reactions a chat allows: all, none, or a list of emoji and ids of custom emoji; true is all but custom ones.
---@alias ReactionChoice boolean|"all"|"none"|string[]

---Which topic: its id, or the topic itself.
---@alias TopicID integer|string|Topic

---When something ends: how long from now ("1h", 3600), or a time (seconds since 1970, "2026-01-31T12:00:00Z").
---@alias Until number|string

---What client:on can wait for.
---@alias EventName "message"|"edit"|"raw"|"connection"|"callback"|"inline_query"|"inline_chosen"|"pre_checkout"|"shipping"|"payment"|"web_app_data"|"peers_shared"|"delete"|"read"|"chat_action"|"album"|"user_update"|"user_changed"|"reaction"|"poll"|"poll_vote"|"member"|"join_request"|"chat_boost"|"message_views"|"pinned"|"story"|"bot_stopped"|"blocked"|"skipped"|"account_state"|"script"

---What the field kind of an error may be: see docs/reference/errors.md.
---@alias ErrorKind
---| "ACCOUNT_LOST" # The session has ended: it was signed out elsewhere, or the account is banned.
---| "ANSWER_REFUSED" # No answer passed the `check` of a question. `tries` says how many there were.
---| "ARGS" # config.yaml gives the script what it doesn't take: tg.args.
---| "ARGUMENT" # An argument is of the wrong type, missing or out of bounds.
---| "BATCH" # Some calls of client.api{ ... } failed. `errors` and `answers` are lists, with false where there is none.
---| "BUTTON_INVALID" # A button can't be made so.
---| "BUTTON_UNKNOWN" # The message has no such button.
---| "CANCELLED" # The script was reloaded or stopped while the call waited, or the conversation was cancelled; `word` is the answer that did it.
---| "CHAT_KIND" # This is not possible in a chat of this kind.
---| "CONVERSATION_BUSY" # The chat is in another conversation: `script` and `handler` say in whose, and `since` since when.
---| "DISK_FULL" # There is no room for a file that is received.
---| "ENCODE" # A value can't be written as JSON, YAML or CSV: `path` says which part of it.
---| "ERROR" # Anything that has no kind of its own.
---| "EXEC" # A program could not be started, or was run with `check` and failed: `code` is its exit code, `stderr` what it said.
---| "EXPECTED" # In a test: what it expects has not come about. `message` says what is there instead.
---| "FILE_CHANGED" # A file was changed while it was sent.
---| "FILE_EMPTY" # A file without a byte can't be sent.
---| "FILE_ERROR" # The file system refused a file in another way.
---| "FILE_EXISTS" # There is a file of that name already.
---| "FILE_INCOMPLETE" # Telegram gave less of a file than it said there is.
---| "FILE_NOT_FOUND" # There is no such file, or it can't be read.
---| "FILE_TOO_LARGE" # A file is larger than Telegram takes, or than the call may hold in memory.
---| "GLOBAL_OPTIONS" # A search in all chats knows neither author nor thread.
---| "GLOBAL_REVERSE" # A search in all chats goes from the newest message back.
---| "HOST" # The program can't carry out an order of tg.host: it takes none, or the script that gives it is still being loaded.
---| "HTTP" # A web server could not be reached, or did not answer as HTTP has it. `url` says which.
---| "HTTP_STATUS" # A web server refused a request made with `check`: `status` is its number, `body` what it said.
---| "INTERNAL" # A fault in tgscript: please report it.
---| "LIMIT_WAIT" # A limit of the script's own (tg.limit) would have to be waited for longer than it allows.
---| "LISTEN" # A webhook can't listen at its address: it is taken, or isn't this machine's.
---| "MODULE" # What `require` names was not found, or failed to load.
---| "NOT_ANSWERED" # In a test: no traffic leaves it, and it says nothing about what the script asked for. `url` is what that was.
---| "NOT_COPIED" # A message of this kind can't be copied.
---| "NOT_SCHEDULED" # The message is none that is sent later.
---| "NO_DISCUSSION" # The post has no discussion.
---| "NO_LOCALE" # There are no texts of this language.
---| "NO_POLL" # The message has no poll.
---| "NO_PREVIEW_URL" # There is no link to show a preview of.
---| "NO_REPLY" # No script answers requests of this name.
---| "NO_SUCH_ANSWER" # The poll has no such answer.
---| "NO_SUCH_MESSAGE" # There is no such message.
---| "NO_SUCH_SCRIPT" # No script of this name runs here.
---| "OFFER_INVALID" # An inline result can't be made so.
---| "OUTCOME_UNKNOWN" # The connection was lost before Telegram answered: the call may have been carried out or not.
---| "PACE_WAIT" # Pacing would hold the call up for longer than its flood_limit allows.
---| "PARSE" # A text is not what it should be: JSON, YAML, CSV, a pattern, a time. `line` and `column` say where, if that is known.
---| "PEER_UNKNOWN" # Nobody is known of this name, number, link or id. The message says what was tried.
---| "PERMISSION_DENIED" # The script may not do this: the message names the line of config.yaml that allows it.
---| "PRICE" # The price is another than the script agreed to.
---| "PROXY" # The proxy does not work.
---| "QUOTE_NOT_FOUND" # The answered message does not contain the quoted text.
---| "REQUEST_FAILED" # A script did not answer a request: its handler failed, it was reloaded or stopped meanwhile, or has too much to do. `script` says which.
---| "SCRIPT_ERROR" # A script could not be loaded: the message says where and why. Its old version goes on.
---| "SQL" # SQLite refused a statement: `code` is its extended result code, as in https://sqlite.org/rescode.html.
---| "STORE_QUOTA" # tg.store or tg.job would hold more than it may, or a key, a value or what is told to scripts is too long: `limit` says how much, and `what`.
---| "TIMEOUT" # The call took longer than it may. `seconds` says how long that was.
---| "TOO_LARGE" # Something is larger than its limit: an answer, what a program wrote, a file, a state.
---| "TOO_MANY" # The script has as many timers, spawned calls or handlers as it may: `limit` says how many.
---| "TOO_MANY_MESSAGES" # More messages came in a conversation than its `max_messages`.
---| "UNKNOWN_NAME" # There is no function, field, option or event of this name.
---| "WHICH_SCRIPT" # Several scripts could be meant: the message lists them.
---| "2FA_CONFIRM_WAIT" # The account has a password that nobody knows: it can be reset after a while.
---| "ABOUT_TOO_LONG" # The description is too long: 70 characters for people, 140 with Premium, 120 for bots.
---| "ACCESS_DENIED" # The account may not do this.
---| "ACCESS_TOKEN_EXPIRED" # The token of the bot is not valid any more: ask @BotFather for a new one.
---| "ACCESS_TOKEN_INVALID" # This is not the token of a bot: @BotFather shows it.
---| "ACTIVE_USER_REQUIRED" # Only people who use the account can do this.
---| "ADDRESS_INVALID"
---| "ADMINS_TOO_MUCH" # The chat has as many admins as it can have.
---| "ADMIN_ID_INVALID" # The admin is not one, or unknown.
---| "ADMIN_RANK_EMOJI_NOT_ALLOWED" # The title of an admin must not have emoji.
---| "ADMIN_RANK_INVALID" # The title of an admin is longer than 16 characters, or no text.
---| "ADMIN_RIGHTS_EMPTY" # No right is asked for.
---| "ALBUM_PHOTOS_TOO_MANY" # There are too many photos for one album.
---| "ALLOW_PAYMENT_REQUIRED" # The other side takes some stars for a message: set allow_paid_stars.
---| "ANONYMOUS_REACTIONS_DISABLED" # Who reacts anonymously in this chat may not.
---| "API_GIFT_RESTRICTED_UPDATE_APP"
---| "API_ID_INVALID" # The api_id and the api_hash don't belong together.
---| "API_ID_PUBLISHED_FLOOD" # The api_id was published and may not be used any more: get your own from my.telegram.org.
---| "ARTICLE_TITLE_EMPTY" # An inline result of the type article needs a title.
---| "AUDIO_CONTENT_URL_EMPTY" # An inline result with audio needs a link to it.
---| "AUDIO_TITLE_EMPTY" # An inline result with audio needs a title.
---| "AUTH_BYTES_INVALID" # The exported sign-in is wrong, or was used before.
---| "AUTH_KEY_DUPLICATED" # The session was used from two places at once, and Telegram ended it.
---| "AUTH_KEY_INVALID" # The key of the session is none.
---| "AUTH_KEY_PERM_EMPTY" # The call needs the permanent key of the session.
---| "AUTH_KEY_UNREGISTERED" # The session is not signed in any more.
---| "AUTH_KEY_UNSYNCHRONIZED"
---| "AUTH_RESTART" # Telegram wants the sign-in to begin anew.
---| "AUTH_TOKEN_ALREADY_ACCEPTED" # This login token was accepted before.
---| "AUTH_TOKEN_EXCEPTION" # Telegram could not read the login token.
---| "AUTH_TOKEN_EXPIRED" # The login token is too old: show a new QR code.
---| "AUTH_TOKEN_INVALID" # This is not a login token.
---| "AUTH_TOKEN_INVALIDX" # This is not a login token.
---| "AUTOARCHIVE_NOT_AVAILABLE" # The account does not have automatic archiving yet.
---| "BALANCE_TOO_LOW" # The account has too few stars.
---| "BANK_CARD_NUMBER_INVALID" # This is not the number of a bank card.
---| "BANNED_RIGHTS_INVALID" # These restrictions can't be set together.
---| "BIRTHDAY_INVALID"
---| "BOOSTS_EMPTY" # There is no boost to give.
---| "BOOSTS_REQUIRED" # The channel needs more boosts for this.
---| "BOOST_PEER_INVALID"
---| "BOTS_TOO_MUCH" # The chat has as many bots as it can have.
---| "BOT_ACCESS_FORBIDDEN" # The bot may not do this for its owner.
---| "BOT_ALREADY_DISABLED"
---| "BOT_APP_BOT_INVALID"
---| "BOT_APP_INVALID"
---| "BOT_APP_SHORTNAME_INVALID"
---| "BOT_BUSINESS_MISSING"
---| "BOT_CHANNELS_NA" # Bots can only be admins of channels, not members.
---| "BOT_COMMAND_DESCRIPTION_INVALID" # The description of a command is empty or too long.
---| "BOT_COMMAND_INVALID" # A command has 1 to 32 small letters, digits and underscores.
---| "BOT_DOMAIN_INVALID" # The domain of the login button is not the one that the bot told @BotFather.
---| "BOT_FALLBACK_UNSUPPORTED"
---| "BOT_GAMES_DISABLED" # Games are switched off for the bot: ask @BotFather.
---| "BOT_GROUPS_BLOCKED" # The bot does not want to be in groups.
---| "BOT_INLINE_DISABLED" # The inline mode of the bot is switched off: ask @BotFather.
---| "BOT_INVALID" # This is not a bot.
---| "BOT_INVOICE_INVALID" # This is not an invoice.
---| "BOT_METHOD_INVALID" # Bots can't do this.
---| "BOT_MISSING" # Only bots can do this.
---| "BOT_NOT_CONNECTED_YET"
---| "BOT_ONESIDE_NOT_AVAIL" # The bot can't pin for one side only.
---| "BOT_PAYMENTS_DISABLED" # The bot has no payments: choose a provider at @BotFather.
---| "BOT_POLLS_DISABLED" # Bots can't do this with polls.
---| "BOT_RESPONSE_TIMEOUT" # The bot did not answer the button in time.
---| "BOT_SCORE_NOT_MODIFIED" # The player has this score already.
---| "BOT_VERIFIER_FORBIDDEN"
---| "BOT_WEBVIEW_DISABLED"
---| "BROADCAST_CALLS_DISABLED"
---| "BROADCAST_FORBIDDEN" # In a channel this is not possible.
---| "BROADCAST_ID_INVALID" # There is no such channel.
---| "BROADCAST_PUBLIC_VOTERS_FORBIDDEN" # Polls in channels can't show who voted.
---| "BROADCAST_REQUIRED" # This is possible in channels only.
---| "BUSINESS_ADDRESS_ACTIVE"
---| "BUSINESS_CONNECTION_INVALID" # The bot is not connected with this business account any more.
---| "BUSINESS_PEER_INVALID" # The bot may not write in this chat of the business account.
---| "BUSINESS_PEER_USAGE_MISSING" # The person has not written to the business account lately.
---| "BUSINESS_RECIPIENTS_EMPTY"
---| "BUSINESS_WORK_HOURS_EMPTY"
---| "BUSINESS_WORK_HOURS_PERIOD_INVALID"
---| "BUTTON_COPY_TEXT_INVALID" # The text to copy is empty, or longer than 256 characters.
---| "BUTTON_DATA_INVALID" # The data of a button is longer than 64 bytes, or empty.
---| "BUTTON_ID_INVALID" # There is no such button.
---| "BUTTON_INVALID"
---| "BUTTON_POS_INVALID"
---| "BUTTON_TEXT_INVALID" # The text of a button is empty or too long.
---| "BUTTON_TYPE_INVALID" # Buttons of this type are not possible here.
---| "BUTTON_URL_INVALID" # The link of a button is not one.
---| "BUTTON_USER_INVALID" # The person of a button is unknown.
---| "BUTTON_USER_PRIVACY_RESTRICTED" # The person of a button does not let others show their profile.
---| "CALL_ALREADY_ACCEPTED" # The call was taken already.
---| "CALL_ALREADY_DECLINED" # The call is over.
---| "CALL_OCCUPY_FAILED" # The call could not be taken.
---| "CALL_PEER_INVALID" # There is no such call.
---| "CALL_PROTOCOL_COMPAT_LAYER_INVALID"
---| "CALL_PROTOCOL_FLAGS_INVALID" # The description of the call's protocol makes no sense.
---| "CALL_PROTOCOL_LAYER_INVALID"
---| "CDN_METHOD_INVALID" # Servers for downloads can't do this.
---| "CDN_UPLOAD_TIMEOUT" # The file did not reach the server for downloads in time: try again.
---| "CHANNELS_ADMIN_LOCATED_TOO_MUCH" # The account has as many groups with a place as it can have.
---| "CHANNELS_ADMIN_PUBLIC_TOO_MUCH" # The account has as many public chats as it can have: make one private.
---| "CHANNELS_TOO_MUCH" # The account is in as many channels and supergroups as it can be: leave one.
---| "CHANNEL_BANNED" # The channel was closed by Telegram.
---| "CHANNEL_FORUM_MISSING" # The supergroup has no topics.
---| "CHANNEL_ID_INVALID" # There is no such channel.
---| "CHANNEL_INVALID" # There is no such channel, or the account can't see it.
---| "CHANNEL_MONOFORUM_UNSUPPORTED" # This is not possible in the direct messages of a channel.
---| "CHANNEL_PARICIPANT_MISSING" # The account is not in the channel.
---| "CHANNEL_PRIVATE" # The account is not in this channel any more, or was banned from it.
---| "CHANNEL_PUBLIC_GROUP_NA" # The channel or supergroup is not there.
---| "CHANNEL_TOO_BIG" # The channel has too many members for this.
---| "CHANNEL_TOO_LARGE" # The channel has too many members for this.
---| "CHARGE_ALREADY_REFUNDED"
---| "CHARGE_ID_EMPTY"
---| "CHARGE_ID_INVALID"
---| "CHATLINKS_TOO_MUCH"
---| "CHATLINK_SLUG_EMPTY" # The link to a chat is empty.
---| "CHATLINK_SLUG_EXPIRED" # The link to a chat has expired.
---| "CHATLISTS_TOO_MUCH" # The account has as many shared folders as it can have.
---| "CHATLIST_EXCLUDE_INVALID"
---| "CHAT_ABOUT_NOT_MODIFIED" # The description of the chat is this already.
---| "CHAT_ABOUT_TOO_LONG" # The description of a chat has room for 255 characters.
---| "CHAT_ACTION_FORBIDDEN"
---| "CHAT_ADMIN_INVITE_REQUIRED" # The account needs the right to invite.
---| "CHAT_ADMIN_REQUIRED" # Only admins of the chat may do this.
---| "CHAT_DISCUSSION_UNALLOWED" # A channel and the same channel can't discuss.
---| "CHAT_FORBIDDEN" # The account is not in this group any more.
---| "CHAT_FORWARDS_RESTRICTED" # What is written in the chat may not be forwarded or saved.
---| "CHAT_GET_FAILED" # Telegram could not find the chat: try again.
---| "CHAT_GUEST_SEND_FORBIDDEN" # Join the group before writing in it.
---| "CHAT_ID_EMPTY" # No chat was named.
---| "CHAT_ID_GENERATE_FAILED" # Telegram could not make the chat: try again.
---| "CHAT_ID_INVALID" # There is no such group.
---| "CHAT_INVALID" # There is no such group, or this is not possible in it.
---| "CHAT_INVITE_PERMANENT" # The main invite link can't be changed: only be replaced.
---| "CHAT_LINK_EXISTS" # The chat is public, or has a discussion: the history can't be hidden.
---| "CHAT_MEMBER_ADD_FAILED" # The person could not be added.
---| "CHAT_NOT_MODIFIED" # The chat is so already.
---| "CHAT_PUBLIC_REQUIRED" # The chat must be public for this.
---| "CHAT_RESTRICTED" # The chat was closed by Telegram.
---| "CHAT_REVOKE_DATE_UNSUPPORTED" # Messages can't be deleted by date for both sides here.
---| "CHAT_SEND_AUDIOS_FORBIDDEN" # Music is not allowed in this chat.
---| "CHAT_SEND_DOCS_FORBIDDEN" # Files are not allowed in this chat.
---| "CHAT_SEND_GAME_FORBIDDEN" # Games are not allowed in this chat.
---| "CHAT_SEND_GIFS_FORBIDDEN" # GIFs are not allowed in this chat.
---| "CHAT_SEND_INLINE_FORBIDDEN" # Results of inline bots are not allowed in this chat.
---| "CHAT_SEND_MEDIA_FORBIDDEN" # Photos and files are not allowed in this chat.
---| "CHAT_SEND_PHOTOS_FORBIDDEN" # Photos are not allowed in this chat.
---| "CHAT_SEND_PLAIN_FORBIDDEN" # Text messages are not allowed in this chat.
---| "CHAT_SEND_POLL_FORBIDDEN" # Polls are not allowed in this chat.
---| "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN" # Video messages are not allowed in this chat.
---| "CHAT_SEND_STICKERS_FORBIDDEN" # Stickers are not allowed in this chat.
---| "CHAT_SEND_VIDEOS_FORBIDDEN" # Videos are not allowed in this chat.
---| "CHAT_SEND_VOICES_FORBIDDEN" # Voice messages are not allowed in this chat.
---| "CHAT_SEND_WEBPAGE_FORBIDDEN"
---| "CHAT_TITLE_EMPTY" # A chat needs a title.
---| "CHAT_TOO_BIG" # The chat has too many members for this.
---| "CHAT_TYPE_INVALID"
---| "CHAT_WRITE_FORBIDDEN" # The account may not write in this chat.
---| "CODE_EMPTY" # No code was given.
---| "CODE_HASH_INVALID" # The code belongs to another sign-in.
---| "CODE_INVALID" # The code is wrong.
---| "COLLECTIBLE_INVALID" # There is no such collectible.
---| "COLLECTIBLE_NOT_FOUND"
---| "COLLECTION_ID_INVALID"
---| "COLOR_INVALID"
---| "CONNECTION_API_ID_INVALID" # The api_id is wrong.
---| "CONNECTION_APP_VERSION_EMPTY" # The connection did not say which program it is.
---| "CONNECTION_DEVICE_MODEL_EMPTY"
---| "CONNECTION_ID_INVALID"
---| "CONNECTION_LANG_PACK_INVALID"
---| "CONNECTION_LAYER_INVALID" # Telegram does not know the layer of the API.
---| "CONNECTION_NOT_INITED" # The connection did not say who it is.
---| "CONNECTION_SYSTEM_EMPTY"
---| "CONNECTION_SYSTEM_LANG_CODE_EMPTY"
---| "CONTACT_ADD_MISSING" # The person must be a contact for this.
---| "CONTACT_ID_INVALID" # There is no such contact.
---| "CONTACT_MISSING"
---| "CONTACT_NAME_EMPTY" # A contact needs a first name.
---| "CONTACT_REQ_MISSING" # There is no request to become a contact.
---| "CREATE_CALL_FAILED" # The call could not be begun.
---| "CREDENTIAL_INVALID"
---| "CURRENCY_TOTAL_AMOUNT_INVALID" # The sum of the prices is too small or too large.
---| "CUSTOM_REACTIONS_TOO_MANY"
---| "DATA_HASH_SIZE_INVALID"
---| "DATA_INVALID" # The data of the button is not what the message has.
---| "DATA_JSON_INVALID" # This is not JSON.
---| "DATA_TOO_LONG" # There is too much data.
---| "DATE_EMPTY" # No date was given.
---| "DC_ID_INVALID" # There is no such data center.
---| "DH_G_A_INVALID" # The number of the key exchange is wrong.
---| "DOCUMENT_INVALID" # There is no such file, or it is not of the right type.
---| "EDIT_BOT_INVITE_FORBIDDEN"
---| "EFFECT_CHAT_INVALID" # Effects are only for private chats.
---| "EFFECT_ID_INVALID" # There is no such effect.
---| "EMAIL_HASH_EXPIRED" # The code from the e-mail is too old.
---| "EMAIL_INSTALL_MISSING"
---| "EMAIL_INVALID" # This is not an e-mail address.
---| "EMAIL_NOT_ALLOWED" # This e-mail address can't be used.
---| "EMAIL_NOT_SETUP"
---| "EMAIL_UNCONFIRMED" # The e-mail address has to be confirmed: the code has some digits.
---| "EMAIL_VERIFY_EXPIRED" # The code from the e-mail is too old.
---| "EMOJI_INVALID" # There is no such theme emoji.
---| "EMOJI_MARKUP_INVALID"
---| "EMOJI_NOT_MODIFIED" # The theme is this already.
---| "EMOTICON_EMPTY" # No emoji was given.
---| "EMOTICON_INVALID" # This emoji is not possible here.
---| "EMOTICON_STICKERPACK_MISSING" # The stickers of this emoji are not there.
---| "ENCRYPTED_MESSAGE_INVALID" # The message can't be decrypted.
---| "ENCRYPTION_ALREADY_ACCEPTED" # The secret chat was accepted already.
---| "ENCRYPTION_ALREADY_DECLINED" # The secret chat was declined already.
---| "ENCRYPTION_DECLINED" # The secret chat was declined.
---| "ENCRYPTION_DECLINE_ADMIN_FAILED"
---| "ENCRYPTION_ID_INVALID" # There is no such secret chat.
---| "ENCRYPTION_OCCUPY_FAILED"
---| "ENTITIES_TOO_LONG" # The message has too much formatting.
---| "ENTITY_BOUNDS_INVALID" # A piece of formatting reaches over the end of the text.
---| "ENTITY_MENTION_USER_INVALID" # A person who is mentioned is not known.
---| "ERROR_TEXT_EMPTY"
---| "EXPIRES_AT_INVALID"
---| "EXPIRE_DATE_INVALID" # The date of the end is in the past or too far away.
---| "EXPIRE_FORBIDDEN" # This can't end by itself.
---| "EXPORT_CARD_INVALID"
---| "EXTENDED_MEDIA_AMOUNT_INVALID"
---| "EXTENDED_MEDIA_EMPTY"
---| "EXTENDED_MEDIA_INVALID"
---| "EXTERNAL_URL_INVALID" # Telegram can't fetch the link.
---| "FIELD_NAME_EMPTY"
---| "FIELD_NAME_INVALID"
---| "FILEREF_UPGRADE_NEEDED" # The file has to be looked up anew.
---| "FILE_CONTENT_TYPE_INVALID" # Files of this type are not possible here.
---| "FILE_EMTPY" # The file is empty.
---| "FILE_ID_INVALID" # There is no such file.
---| "FILE_MIGRATE" # The file is in data center some.
---| "FILE_PARTS_INVALID" # The number of parts is wrong: a file has 4000 at most, 8000 with Premium.
---| "FILE_PART_EMPTY" # A part of the file is empty.
---| "FILE_PART_INVALID" # The number of a part is wrong.
---| "FILE_PART_LENGTH_INVALID" # A part of the file has the wrong length.
---| "FILE_PART_MISSING" # Part some of the file did not arrive.
---| "FILE_PART_SIZE_CHANGED" # The parts of a file must have one size.
---| "FILE_PART_SIZE_INVALID" # Parts have 1 to 512 KiB, in whole KiB.
---| "FILE_PART_TOO_BIG" # A part is larger than 512 KiB.
---| "FILE_PART_TOO_SMALL"
---| "FILE_REFERENCE_EMPTY" # The file has to be looked up again.
---| "FILE_REFERENCE_EXPIRED" # The file has to be looked up again.
---| "FILE_REFERENCE_INVALID" # The file has to be looked up again.
---| "FILE_TITLE_EMPTY" # The file needs a name.
---| "FILE_TOKEN_INVALID" # The server for downloads does not know the file any more.
---| "FILTER_ID_INVALID" # There is no such folder.
---| "FILTER_INCLUDE_EMPTY" # A folder needs chats.
---| "FILTER_NOT_SUPPORTED" # Such a search is not possible here.
---| "FILTER_TITLE_EMPTY" # A folder needs a name.
---| "FIRSTNAME_INVALID" # This first name is not possible.
---| "FLOOD_PREMIUM_WAIT" # Too fast for an account without Premium: wait a while.
---| "FLOOD_TEST_PHONE_WAIT" # Too many test accounts: wait a while.
---| "FLOOD_WAIT" # Too many calls: wait a while.
---| "FOLDER_ID_EMPTY" # No folder was named.
---| "FOLDER_ID_INVALID" # There is no such folder: 0 is the list of chats, 1 the archive.
---| "FORM_EXPIRED"
---| "FORM_ID_EMPTY"
---| "FORM_SUBMIT_DUPLICATE"
---| "FORM_UNSUPPORTED"
---| "FORUM_ENABLED" # This is not possible while the group has topics.
---| "FORWARD_ID_INVALID" # There is no such message to forward.
---| "FRESH_CHANGE_ADMINS_FORBIDDEN" # Who has just become an admin can't name others yet.
---| "FRESH_CHANGE_PHONE_FORBIDDEN" # This session is too young to change the phone number.
---| "FRESH_RESET_AUTHORISATION_FORBIDDEN" # This session is too young to sign others out: wait 24 hours.
---| "FROM_MESSAGE_BOT_DISABLED" # Bots can't use peers by a message.
---| "FROM_PEER_INVALID" # There is no such sender.
---| "FROZEN_METHOD_INVALID" # The account is frozen: Telegram says why in the app.
---| "FROZEN_PARTICIPANT_MISSING" # The account is frozen: Telegram says why in the app.
---| "GAME_BOT_INVALID" # The game is of another bot.
---| "GEO_POINT_INVALID" # This is no place on earth.
---| "GIFT_MONTHS_INVALID"
---| "GIFT_SLUG_EXPIRED" # The gift code has expired.
---| "GIFT_SLUG_INVALID" # This is not a gift code.
---| "GIFT_STARS_INVALID"
---| "GIF_CONTENT_TYPE_INVALID" # The type of a GIF must be video/mp4 or image/gif.
---| "GIF_ID_INVALID" # There is no such GIF.
---| "GRAPH_EXPIRED_RELOAD" # The graph is too old: ask for the statistics again.
---| "GRAPH_INVALID_RELOAD" # The graph is not there: ask for the statistics again.
---| "GRAPH_OUTDATED_RELOAD" # The graph is too old: ask for the statistics again.
---| "GROUPCALL_ADD_PARTICIPANTS_FAILED" # Nobody could be added to the call.
---| "GROUPCALL_ALREADY_DISCARDED" # The call of the group is over.
---| "GROUPCALL_ALREADY_STARTED" # The call of the group has begun.
---| "GROUPCALL_FORBIDDEN" # The account may not take part in the call.
---| "GROUPCALL_INVALID" # There is no such call of a group.
---| "GROUPCALL_JOIN_MISSING" # The account is not in the call.
---| "GROUPCALL_NOT_MODIFIED" # The call is so already.
---| "GROUPCALL_SSRC_DUPLICATE_MUCH" # The app must choose another number for its sound.
---| "GROUPED_MEDIA_INVALID" # These can't be in one album.
---| "GROUP_CALL_INVALID"
---| "HASHTAG_INVALID"
---| "HASH_INVALID" # There is no such session.
---| "HASH_SIZE_INVALID"
---| "HIDE_REQUESTER_MISSING" # The request to join is not there any more.
---| "HISTORY_GET_FAILED" # Telegram could not read the history: try again.
---| "ID_EXPIRED"
---| "ID_INVALID"
---| "IMAGE_PROCESS_FAILED" # Telegram can't read the picture.
---| "IMPORT_FILE_INVALID" # The file can't be imported.
---| "IMPORT_FORMAT_DATE_INVALID"
---| "IMPORT_FORMAT_UNRECOGNIZED" # Telegram does not know the format of the history.
---| "IMPORT_ID_INVALID" # There is no such import.
---| "IMPORT_TOKEN_INVALID"
---| "INLINE_BOT_REQUIRED" # This must come from an inline bot.
---| "INLINE_RESULT_EXPIRED" # The inline result is too old: ask again.
---| "INPUT_CHATLIST_INVALID"
---| "INPUT_CONSTRUCTOR_INVALID" # Telegram does not know a type in the call: is the layer too new or too old?.
---| "INPUT_FETCH_ERROR" # Telegram could not read the call.
---| "INPUT_FETCH_FAIL" # Telegram could not read the call.
---| "INPUT_FILE_INVALID"
---| "INPUT_FILTER_INVALID" # Such a search is not possible here.
---| "INPUT_LAYER_INVALID" # Telegram does not know the layer of the API.
---| "INPUT_METHOD_INVALID" # Telegram does not know the method: is the layer too new or too old?.
---| "INPUT_PEERS_EMPTY"
---| "INPUT_PURPOSE_INVALID"
---| "INPUT_REQUEST_TOO_LONG" # The call is too long.
---| "INPUT_STARS_AMOUNT_INVALID"
---| "INPUT_STARS_NANOS_INVALID"
---| "INPUT_TEXT_EMPTY" # There is no text.
---| "INPUT_TEXT_TOO_LONG"
---| "INPUT_USER_DEACTIVATED" # This person has deleted their account.
---| "INTERDC_CALL_ERROR" # Telegram's data center some did not answer: try again.
---| "INTERDC_CALL_RICH_ERROR" # Telegram's data center some did not answer: try again.
---| "INVITES_TOO_MUCH"
---| "INVITE_FORBIDDEN_WITH_JOINAS" # The account is in the call as somebody else, who can't invite.
---| "INVITE_HASH_EMPTY" # There is no code in the invite link.
---| "INVITE_HASH_EXPIRED" # The invite link has expired.
---| "INVITE_HASH_INVALID" # This is not an invite link.
---| "INVITE_REQUEST_SENT" # The admins were asked, and have to accept the account.
---| "INVITE_REVOKED_MISSING" # The invite link has been revoked already.
---| "INVITE_SLUG_EMPTY" # There is no code in the link.
---| "INVITE_SLUG_EXPIRED" # The link has expired.
---| "INVITE_SLUG_INVALID"
---| "INVOICE_INVALID" # This is not an invoice.
---| "INVOICE_PAYLOAD_INVALID" # The payload of an invoice has 1 to 128 bytes.
---| "JOIN_AS_PEER_INVALID" # The account can't join as this channel.
---| "LANGUAGE_INVALID"
---| "LANG_CODE_INVALID" # There is no such language.
---| "LANG_CODE_NOT_SUPPORTED" # Telegram does not have this language.
---| "LANG_PACK_INVALID" # There is no such set of words.
---| "LASTNAME_INVALID" # This last name is not possible.
---| "LIMIT_INVALID" # Such a number of things can't be asked for.
---| "LINK_NOT_MODIFIED" # The discussion is this group already.
---| "LOCATION_INVALID" # The file is not there, or the place is none.
---| "MAX_DATE_INVALID" # The date of the end is wrong.
---| "MAX_ID_INVALID" # The number of the last message is wrong.
---| "MAX_QTS_INVALID" # The state of the updates is wrong.
---| "MD5_CHECKSUM_INVALID" # The file was changed on its way.
---| "MEDIA_ALREADY_PAID"
---| "MEDIA_CAPTION_TOO_LONG" # A caption has room for 1024 characters, 2048 with Premium.
---| "MEDIA_EMPTY" # There is nothing in the file or media.
---| "MEDIA_FILE_INVALID"
---| "MEDIA_GROUPED_INVALID" # These can't be in one album.
---| "MEDIA_INVALID" # This media is not possible here.
---| "MEDIA_NEW_INVALID" # The new media can't stand in place of the old one.
---| "MEDIA_PREV_INVALID" # The media of the message can't be changed.
---| "MEDIA_TTL_INVALID" # The time until the media is gone is wrong.
---| "MEDIA_TYPE_INVALID"
---| "MEDIA_VIDEO_STORY_MISSING"
---| "MEGAGROUP_GEO_REQUIRED"
---| "MEGAGROUP_ID_INVALID" # There is no such supergroup.
---| "MEGAGROUP_PREHISTORY_HIDDEN" # A group with a hidden history can't be a discussion.
---| "MEGAGROUP_REQUIRED" # This is possible in supergroups only.
---| "MEMBER_NO_LOCATION"
---| "MEMBER_OCCUPY_PRIMARY_LOC_FAILED"
---| "MESSAGE_AUTHOR_REQUIRED" # Only the author of a message can edit it.
---| "MESSAGE_DELETE_FORBIDDEN" # The account may not delete this message.
---| "MESSAGE_EDIT_TIME_EXPIRED" # The message is too old to be edited.
---| "MESSAGE_EMPTY" # A message needs text.
---| "MESSAGE_IDS_EMPTY" # No messages were named.
---| "MESSAGE_ID_INVALID" # There is no message of this id, or it can't be changed.
---| "MESSAGE_NOT_MODIFIED" # The message says this already.
---| "MESSAGE_NOT_READ_YET"
---| "MESSAGE_POLL_CLOSED" # The poll is over.
---| "MESSAGE_REQUIRED"
---| "MESSAGE_TOO_LONG" # A message has room for 4096 characters.
---| "MESSAGE_TOO_OLD"
---| "METHOD_INVALID" # There is no such method.
---| "MIN_DATE_INVALID" # The date of the begin is wrong.
---| "MONTH_INVALID"
---| "MSGID_DECREASE_RETRY" # Telegram was confused by the order of the calls: try again.
---| "MSG_ID_INVALID" # There is no message of this id.
---| "MSG_TOO_OLD" # The message is too old for this.
---| "MSG_VOICE_MISSING" # The message is not a voice message.
---| "MSG_WAIT_FAILED" # A call that this one waited for has failed.
---| "MT_SEND_QUEUE_TOO_LONG"
---| "MULTI_MEDIA_TOO_LONG" # An album has 10 parts at most.
---| "NEED_ACTION_MISSING"
---| "NEED_CHAT_INVALID"
---| "NEED_DOC_INVALID" # A file is missing.
---| "NEED_MEMBER_INVALID"
---| "NETWORK_MIGRATE" # The account is served by data center some.
---| "NEW_SALT_INVALID" # The new salt of the password is wrong.
---| "NEW_SETTINGS_EMPTY" # No password was set, so there is nothing to change.
---| "NEW_SETTINGS_INVALID" # The new settings of the password are wrong.
---| "NEXT_OFFSET_INVALID" # Where the next inline results begin has room for 64 bytes.
---| "NOT_ALLOWED"
---| "NOT_ELIGIBLE" # The account may not take part.
---| "NOT_JOINED" # The account is not in the chat.
---| "NO_PAYMENT_NEEDED"
---| "OFFSET_INVALID" # The place to begin at is wrong.
---| "OFFSET_PEER_ID_INVALID" # The chat to begin at is wrong.
---| "OPTIONS_TOO_MUCH" # Too many options were chosen.
---| "OPTION_INVALID" # There is no such option.
---| "ORDER_INVALID"
---| "PACK_SHORT_NAME_INVALID" # The short name of a sticker set has letters, digits and underscores, and ends in _by_ and the bot's name.
---| "PACK_SHORT_NAME_OCCUPIED" # There is a sticker set of this short name.
---| "PACK_TITLE_INVALID" # The title of the sticker set is not possible.
---| "PACK_TYPE_INVALID"
---| "PARENT_PEER_INVALID" # The chat around this one is wrong.
---| "PARTICIPANTS_TOO_FEW" # The group has too few members for this.
---| "PARTICIPANT_CALL_FAILED"
---| "PARTICIPANT_ID_INVALID" # There is no such member.
---| "PARTICIPANT_JOIN_MISSING" # Who is not in the call can't be changed.
---| "PARTICIPANT_VERSION_OUTDATED" # The other side needs a newer app for this call.
---| "PASSKEY_AUTH_RESTART"
---| "PASSWORD_EMPTY" # No password was given.
---| "PASSWORD_HASH_INVALID" # The password is wrong.
---| "PASSWORD_MISSING" # The account needs two-step verification for this.
---| "PASSWORD_RECOVERY_EXPIRED" # The code to recover the password is too old.
---| "PASSWORD_RECOVERY_NA" # The password has no e-mail address to recover it.
---| "PASSWORD_REQUIRED" # The account needs a password for this.
---| "PASSWORD_TOO_FRESH" # The password was changed a short time ago: wait a while.
---| "PAYMENT_CREDENTIALS_INVALID"
---| "PAYMENT_PROVIDER_INVALID" # The token of the payment provider is wrong.
---| "PAYMENT_REQUIRED" # This must be paid for.
---| "PAYMENT_UNSUPPORTED" # This can't be paid for through the API.
---| "PEERS_LIST_EMPTY" # No chats were named.
---| "PEER_FLOOD" # Telegram takes the account for a spammer: stop writing to strangers, and ask @SpamBot.
---| "PEER_HISTORY_EMPTY" # There is nothing in the chat.
---| "PEER_ID_INVALID" # The chat is unknown, or the account has never met it.
---| "PEER_ID_NOT_SUPPORTED" # This is not possible in such a chat.
---| "PEER_TYPES_INVALID" # Such chats can't be chosen.
---| "PERSISTENT_TIMESTAMP_EMPTY" # The state of the updates is missing.
---| "PERSISTENT_TIMESTAMP_INVALID" # The state of the updates is wrong.
---| "PERSISTENT_TIMESTAMP_OUTDATED" # Telegram has trouble with its updates: try again.
---| "PHONE_CODE_EMPTY" # No login code was given.
---| "PHONE_CODE_EXPIRED" # The login code is too old: ask for a new one.
---| "PHONE_CODE_HASH_EMPTY" # The login code belongs to no sign-in.
---| "PHONE_CODE_INVALID" # The login code is wrong.
---| "PHONE_HASH_EXPIRED" # The sign-in took too long: begin anew.
---| "PHONE_MIGRATE" # The phone number is served by data center some.
---| "PHONE_NOT_OCCUPIED" # Nobody has this phone number.
---| "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN" # This program can't make new accounts: use an official app.
---| "PHONE_NUMBER_BANNED" # Telegram has banned the number.
---| "PHONE_NUMBER_FLOOD" # Too many login codes were asked for this number: wait a day.
---| "PHONE_NUMBER_INVALID" # This is not a phone number.
---| "PHONE_NUMBER_OCCUPIED" # The phone number has an account already.
---| "PHONE_NUMBER_UNOCCUPIED" # The phone number has no account yet.
---| "PHONE_PASSWORD_FLOOD" # The wrong password was given too often: wait a day.
---| "PHONE_PASSWORD_PROTECTED" # The phone number is protected by a password.
---| "PHOTO_CONTENT_TYPE_INVALID" # The type of a photo must be image/jpeg.
---| "PHOTO_CONTENT_URL_EMPTY" # An inline result with a photo needs a link to it.
---| "PHOTO_CROP_FILE_MISSING" # There is no photo to cut.
---| "PHOTO_CROP_SIZE_SMALL" # The photo is too small: 160 pixels at least.
---| "PHOTO_EXT_INVALID" # The photo must be a JPEG or PNG.
---| "PHOTO_FILE_MISSING" # There is no photo.
---| "PHOTO_ID_INVALID" # There is no such photo.
---| "PHOTO_INVALID" # This is not a photo.
---| "PHOTO_INVALID_DIMENSIONS" # The photo is too large, or too long and narrow: width and height have 10000 pixels together.
---| "PHOTO_SAVE_FILE_INVALID" # Telegram could not keep the photo: is it larger than 10 MB?.
---| "PHOTO_THUMB_URL_EMPTY" # The preview of an inline result needs a link.
---| "PINNED_DIALOGS_TOO_MUCH" # As many chats are pinned as can be.
---| "PINNED_TOO_MUCH" # As many topics are pinned as can be.
---| "PIN_RESTRICTED" # Messages of this chat can't be pinned.
---| "POLL_ANSWERS_INVALID" # A poll has 2 to 12 answers.
---| "POLL_ANSWER_INVALID" # An answer of the poll is empty or too long.
---| "POLL_OPTION_DUPLICATE" # Two answers of the poll have the same data.
---| "POLL_OPTION_INVALID" # The data of an answer has 1 to 100 bytes.
---| "POLL_QUESTION_INVALID" # The question of a poll has 1 to 255 characters.
---| "POLL_UNSUPPORTED"
---| "POLL_VOTE_REQUIRED" # Vote before looking at the result.
---| "POSTPONED_TIMEOUT" # Telegram took too long: try again.
---| "PRECHECKOUT_FAILED"
---| "PREMIUM_ACCOUNT_REQUIRED" # The account needs Premium for this.
---| "PREMIUM_CURRENTLY_UNAVAILABLE" # Premium can't be bought at the moment.
---| "PREMIUM_PURPOSE_INVALID"
---| "PREMIUM_SUB_ACTIVE_UNTIL" # There is a subscription already.
---| "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_MIN" # Another history is being imported: wait some minutes.
---| "PRICING_CHAT_INVALID"
---| "PRIVACY_KEY_INVALID" # There is no such privacy setting.
---| "PRIVACY_PREMIUM_REQUIRED" # This person takes messages only from contacts and accounts with Premium.
---| "PRIVACY_TOO_LONG" # A privacy setting has too many people.
---| "PRIVACY_VALUE_INVALID" # This privacy setting can't have this value.
---| "PTS_CHANGE_EMPTY"
---| "PUBLIC_CHANNEL_MISSING" # The chat must be public for this.
---| "PUBLIC_KEY_REQUIRED" # A public key is missing.
---| "PURPOSE_INVALID"
---| "QUERY_ID_EMPTY" # The query was not named.
---| "QUERY_ID_INVALID" # The button or inline query is too old, or was answered already.
---| "QUERY_TOO_SHORT" # The words to search for are too short.
---| "QUICK_REPLIES_BOT_NOT_ALLOWED" # Bots can't use quick replies.
---| "QUICK_REPLIES_TOO_MUCH" # The account has as many quick replies as it can have.
---| "QUIZ_ANSWER_MISSING" # A quiz can be forwarded only once it was answered.
---| "QUIZ_CORRECT_ANSWERS_EMPTY" # A quiz needs a right answer.
---| "QUIZ_CORRECT_ANSWERS_TOO_MUCH" # A quiz has one right answer.
---| "QUIZ_CORRECT_ANSWER_INVALID" # The right answer is none of the poll's.
---| "QUIZ_MULTIPLE_INVALID" # A quiz can't have several answers.
---| "QUOTE_TEXT_INVALID" # The quoted text is not in the message.
---| "RAISE_HAND_FORBIDDEN"
---| "RANDOM_ID_DUPLICATE" # This was sent already.
---| "RANDOM_ID_EMPTY" # Random_id is missing.
---| "RANDOM_ID_EXPIRED"
---| "RANDOM_ID_INVALID" # Random_id is wrong.
---| "RANDOM_LENGTH_INVALID" # The number of random bytes is wrong.
---| "RANGES_INVALID" # The range is wrong.
---| "REACTIONS_COUNT_INVALID"
---| "REACTIONS_TOO_MANY" # The message has as many kinds of reactions as it can have.
---| "REACTION_EMPTY" # No reaction was given.
---| "REACTION_INVALID" # This reaction is not possible here.
---| "RECEIPT_EMPTY"
---| "REG_ID_GENERATE_FAILED" # Telegram could not make the account: try again.
---| "REPLY_MARKUP_BUY_EMPTY" # The button to pay must come first.
---| "REPLY_MARKUP_GAME_EMPTY" # The button to play must come first.
---| "REPLY_MARKUP_INVALID" # The buttons are not possible here.
---| "REPLY_MARKUP_TOO_LONG" # There are too many buttons.
---| "REPLY_MESSAGES_TOO_MUCH" # The quick reply has as many messages as it can have.
---| "REPLY_MESSAGE_ID_INVALID" # The message to answer does not exist in this chat.
---| "REPLY_TO_INVALID" # The message to answer is not possible here.
---| "REPLY_TO_MONOFORUM_PEER_INVALID" # The direct messages of the channel need to know whose they are: set reply_to.monoforum_peer_id.
---| "REPLY_TO_USER_INVALID"
---| "REQUEST_TOKEN_INVALID"
---| "RESELL_STARS_TOO_FEW"
---| "RESELL_STARS_TOO_MUCH"
---| "RESET_REQUEST_MISSING" # Nobody asked for the password to be reset.
---| "RESULTS_TOO_MUCH" # An inline query has 50 results at most.
---| "RESULT_ID_DUPLICATE" # Two inline results have one id.
---| "RESULT_ID_EMPTY" # An inline result needs an id.
---| "RESULT_ID_INVALID" # There is no such inline result.
---| "RESULT_TYPE_INVALID" # There is no such type of inline result.
---| "REVOTE_NOT_ALLOWED" # Votes of this poll can't be changed.
---| "RIGHTS_NOT_MODIFIED" # The rights are these already.
---| "RIGHT_FORBIDDEN" # The account can't give a right that it doesn't have.
---| "RINGTONE_INVALID"
---| "RINGTONE_MIME_INVALID"
---| "RPC_CALL_FAIL" # Telegram has trouble: try again.
---| "RPC_MCGET_FAIL" # Telegram has trouble: try again.
---| "RSA_DECRYPT_FAILED"
---| "SAVED_ID_EMPTY" # No gift or message was named.
---| "SAVED_PEER_INVALID"
---| "SCHEDULE_BOT_NOT_ALLOWED" # Bots can't plan messages.
---| "SCHEDULE_DATE_INVALID" # The time to send at is wrong.
---| "SCHEDULE_DATE_TOO_LATE" # A message can be planned for one year at most.
---| "SCHEDULE_STATUS_PRIVATE" # This person does not show when they are online.
---| "SCHEDULE_TOO_MUCH" # A chat has room for 100 planned messages.
---| "SCORE_INVALID" # The score is wrong.
---| "SEARCH_QUERY_EMPTY" # There is nothing to search for.
---| "SEARCH_WITH_LINK_NOT_SUPPORTED"
---| "SECONDS_INVALID" # Slow mode has 0, 10, 30, 60, 300, 900 or 3600 seconds.
---| "SECURE_SECRET_REQUIRED"
---| "SELF_DELETE_RESTRICTED"
---| "SEND_AS_PEER_INVALID" # The account can't write as this chat.
---| "SEND_CODE_UNAVAILABLE" # The login code was sent in all ways there are: wait for it.
---| "SEND_MEDIA_INVALID"
---| "SEND_MESSAGE_GAME_INVALID"
---| "SEND_MESSAGE_MEDIA_INVALID" # The inline result has the wrong media.
---| "SEND_MESSAGE_TYPE_INVALID" # The inline result has the wrong type.
---| "SENSITIVE_CHANGE_FORBIDDEN"
---| "SESSION_EXPIRED" # The session is too old.
---| "SESSION_PASSWORD_NEEDED" # The account has two-step verification: the password is asked for.
---| "SESSION_REVOKED" # The session was ended from another device.
---| "SESSION_TOO_FRESH" # The session is too young: wait a while.
---| "SETTINGS_INVALID" # These settings are not possible.
---| "SHA256_HASH_INVALID" # The hash of the file is wrong.
---| "SHORTCUT_INVALID" # There is no such quick reply.
---| "SHORTNAME_OCCUPY_FAILED"
---| "SHORT_NAME_INVALID" # The short name is not possible.
---| "SHORT_NAME_OCCUPIED" # The short name is taken.
---| "SIGN_IN_FAILED"
---| "SLOTS_EMPTY"
---| "SLOWMODE_MULTI_MSGS_DISABLED" # In slow mode messages are forwarded one by one.
---| "SLOWMODE_WAIT" # The chat is in slow mode: wait a while.
---| "SLUG_INVALID"
---| "SMSJOB_ID_INVALID"
---| "SMS_CODE_CREATE_FAILED" # Telegram could not send the code.
---| "SRP_A_INVALID"
---| "SRP_ID_INVALID" # The password was asked for too long ago: try again.
---| "SRP_PASSWORD_CHANGED" # The password was changed meanwhile.
---| "STARGIFT_ALREADY_CONVERTED"
---| "STARGIFT_ALREADY_REFUNDED"
---| "STARGIFT_ALREADY_UPGRADED" # The gift is a collectible already.
---| "STARGIFT_ATTRIBUTE_INVALID"
---| "STARGIFT_EXPORT_IN_PROGRESS"
---| "STARGIFT_INVALID" # There is no such gift.
---| "STARGIFT_MESSAGE_INVALID"
---| "STARGIFT_NOT_FOUND" # There is no such gift.
---| "STARGIFT_NOT_OWNER"
---| "STARGIFT_NOT_UNIQUE"
---| "STARGIFT_OFFER_INVALID"
---| "STARGIFT_OFFER_NOT_ALLOWED"
---| "STARGIFT_OWNER_INVALID" # The gift belongs to somebody else.
---| "STARGIFT_PEER_INVALID" # Gifts can't be sent to this chat.
---| "STARGIFT_RESELL_CURRENCY_NOT_ALLOWED"
---| "STARGIFT_RESELL_TOO_EARLY" # The gift can't be sold yet: wait a while.
---| "STARGIFT_SLUG_INVALID" # This is not the name of a collectible.
---| "STARGIFT_TRANSFER_TOO_EARLY" # The gift can't be given away yet: wait a while.
---| "STARGIFT_UPGRADE_UNAVAILABLE" # The gift can't become a collectible.
---| "STARGIFT_USAGE_LIMITED"
---| "STARGIFT_USER_USAGE_LIMITED"
---| "STARREF_AWAITING_END"
---| "STARREF_EXPIRED"
---| "STARREF_HASH_REVOKED"
---| "STARREF_PERMILLE_INVALID"
---| "STARREF_PERMILLE_TOO_LOW"
---| "STARS_AMOUNT_INVALID"
---| "STARS_FORM_AMOUNT_MISMATCH" # The price has changed: ask for the form again.
---| "STARS_INVOICE_INVALID" # This is not an invoice in stars.
---| "STARS_PAYMENT_REQUIRED"
---| "START_PARAM_EMPTY" # The parameter of the start is empty.
---| "START_PARAM_INVALID" # The parameter of the start has letters, digits, - and _ only.
---| "START_PARAM_TOO_LONG" # The parameter of the start has room for 64 characters.
---| "STATS_MIGRATE" # The statistics are in data center some.
---| "STATS_UNAVAILABLE" # Telegram makes no statistics of this chat.
---| "STICKERPACK_STICKERS_TOO_MUCH" # The sticker set is full.
---| "STICKERSET_INVALID" # There is no such sticker set.
---| "STICKERSET_OWNER_ANONYMOUS" # The owner of the sticker set is unknown.
---| "STICKERS_EMPTY" # A sticker set needs stickers.
---| "STICKERS_TOO_MUCH" # The sticker set is full.
---| "STICKER_DOCUMENT_INVALID" # This is not a sticker.
---| "STICKER_EMOJI_INVALID" # This emoji can't stand for a sticker.
---| "STICKER_FILE_INVALID" # This is not a sticker.
---| "STICKER_GIF_DIMENSIONS"
---| "STICKER_ID_INVALID" # There is no such sticker.
---| "STICKER_INVALID" # This is not a sticker.
---| "STICKER_MIME_INVALID" # Files of this type can't be stickers.
---| "STICKER_PNG_DIMENSIONS" # One side of a sticker must have 512 pixels, the other at most as many.
---| "STICKER_PNG_NOPNG" # The sticker must be a PNG or WebP.
---| "STICKER_TGS_NODOC"
---| "STICKER_TGS_NOTGS" # The sticker must be a TGS animation.
---| "STICKER_THUMB_PNG_NOPNG"
---| "STICKER_THUMB_TGS_NOTGS"
---| "STICKER_VIDEO_BIG" # The video of a sticker is too large.
---| "STICKER_VIDEO_NODOC"
---| "STICKER_VIDEO_NOWEBM" # The video of a sticker must be WebM.
---| "STORAGE_CHECK_FAILED"
---| "STORE_INVALID_SCALAR_TYPE"
---| "STORIES_NEVER_CREATED" # The account has no stories.
---| "STORIES_TOO_MUCH" # There are as many stories as can be.
---| "STORY_ID_EMPTY" # No story was named.
---| "STORY_ID_INVALID" # There is no such story.
---| "STORY_NOT_MODIFIED"
---| "STORY_PERIOD_INVALID"
---| "STORY_SEND_FLOOD_MONTHLY" # As many stories were posted this month as can be: wait a while.
---| "STORY_SEND_FLOOD_WEEKLY" # As many stories were posted this week as can be: wait a while.
---| "SUBSCRIPTION_EXPORT_MISSING"
---| "SUBSCRIPTION_ID_INVALID"
---| "SUBSCRIPTION_PERIOD_INVALID"
---| "SUGGESTED_POST_AMOUNT_INVALID"
---| "SUGGESTED_POST_PEER_INVALID" # Posts can't be suggested in this chat.
---| "SWITCH_PM_TEXT_EMPTY" # The button over the inline results needs text.
---| "SWITCH_WEBVIEW_URL_INVALID"
---| "TAKEOUT_INIT_DELAY" # Telegram wants to be sure that it is you: confirm in another app, or wait a while.
---| "TAKEOUT_INVALID" # The takeout is over.
---| "TAKEOUT_REQUIRED" # This is possible in a takeout only.
---| "TASK_ALREADY_EXISTS"
---| "TEMP_AUTH_KEY_ALREADY_BOUND" # The temporary key belongs to another session.
---| "TEMP_AUTH_KEY_EMPTY" # The temporary key belongs to no session.
---| "TERMS_URL_INVALID"
---| "THEME_FILE_INVALID"
---| "THEME_FORMAT_INVALID"
---| "THEME_INVALID" # There is no such theme.
---| "THEME_MIME_INVALID"
---| "THEME_PARAMS_INVALID"
---| "THEME_SLUG_INVALID"
---| "THEME_TITLE_INVALID" # The title of the theme is not possible.
---| "TIMEOUT" # Telegram took too long to carry this out.
---| "TIMEZONE_INVALID"
---| "TITLE_INVALID" # The title is not possible.
---| "TMP_PASSWORD_DISABLED"
---| "TMP_PASSWORD_INVALID"
---| "TODO_ITEMS_EMPTY" # A list needs something to do.
---| "TODO_ITEM_DUPLICATE" # Two things to do have one number.
---| "TODO_NOT_MODIFIED" # The list is so already.
---| "TOKEN_EMPTY"
---| "TOKEN_INVALID" # The token is wrong.
---| "TOKEN_TYPE_INVALID"
---| "TOPIC_CLOSED" # The topic is closed.
---| "TOPIC_DELETED" # The topic was deleted.
---| "TOPIC_ID_INVALID" # There is no such topic.
---| "TOPIC_NOT_MODIFIED" # The topic is so already.
---| "TO_ID_INVALID"
---| "TO_LANG_INVALID" # There is no such language to translate to.
---| "TRANSACTION_ID_INVALID"
---| "TRANSCRIPTION_FAILED" # Telegram could not understand what was said.
---| "TRANSLATE_REQ_FAILED"
---| "TRANSLATE_REQ_QUOTA_EXCEEDED"
---| "TRANSLATIONS_DISABLED"
---| "TRANSLATION_TIMEOUT"
---| "TTL_DAYS_INVALID" # The number of days is wrong.
---| "TTL_MEDIA_INVALID" # This media can't be gone after a time.
---| "TTL_PERIOD_INVALID" # The time until messages are gone is wrong.
---| "TYPES_EMPTY" # No types were given.
---| "TYPE_CONSTRUCTOR_INVALID" # The type in the call is wrong.
---| "Timedout" # Telegram took too long to carry this out.
---| "Timeout" # Telegram took too long to carry this out.
---| "UNKNOWN_ERROR"
---| "UNKNOWN_METHOD" # Telegram does not know the method.
---| "UNSUPPORTED"
---| "UNTIL_DATE_INVALID" # The date of the end is wrong.
---| "UPDATE_APP_TO_LOGIN" # Telegram wants a newer version of tgscript.
---| "URL_INVALID" # This is not a link.
---| "USAGE_LIMIT_INVALID" # The number of uses is wrong.
---| "USERNAMES_ACTIVE_TOO_MUCH" # As many user names are shown as can be.
---| "USERNAME_INVALID" # This is not a user name.
---| "USERNAME_NOT_MODIFIED" # The user name is this already.
---| "USERNAME_NOT_OCCUPIED" # Nobody has this user name.
---| "USERNAME_OCCUPIED" # The user name is taken.
---| "USERNAME_PURCHASE_AVAILABLE" # The user name is for sale on fragment.com.
---| "USERPIC_PRIVACY_REQUIRED" # Others must be able to see the profile photo for this.
---| "USERPIC_UPLOAD_REQUIRED" # The account needs a profile photo for this.
---| "USERS_TOO_FEW" # A group needs somebody else in it.
---| "USERS_TOO_MUCH" # The chat has as many members as it can have.
---| "USER_ADMIN_INVALID" # The account may not change this admin, or is none itself.
---| "USER_ALREADY_INVITED" # This person was invited already.
---| "USER_ALREADY_PARTICIPANT" # This person is in the chat already.
---| "USER_BANNED_IN_CHANNEL" # An admin has restricted the account here, or Telegram has limited it in all groups (ask @SpamBot).
---| "USER_BLOCKED" # This person has been banned from the chat.
---| "USER_BOT" # Bots can only be admins of channels.
---| "USER_BOT_INVALID" # Only bots can do this.
---| "USER_BOT_REQUIRED" # Only bots can do this.
---| "USER_CHANNELS_TOO_MUCH" # This person is in as many channels and supergroups as they can be.
---| "USER_CREATOR" # The owner can't leave the channel: delete it, or give it to somebody.
---| "USER_DEACTIVATED" # The account was deleted.
---| "USER_DEACTIVATED_BAN" # Telegram has banned the account.
---| "USER_DELETED" # This person has deleted their account.
---| "USER_GIFT_UNAVAILABLE"
---| "USER_ID_INVALID" # There is no such person, or the account has never met them.
---| "USER_INVALID" # There is no such person.
---| "USER_IS_BLOCKED" # This person has blocked the account.
---| "USER_IS_BOT" # Bots can't write to bots.
---| "USER_KICKED" # This person was banned from the chat.
---| "USER_MIGRATE" # The account is served by data center some.
---| "USER_NOT_MUTUAL_CONTACT" # This person must have the account among their contacts for this.
---| "USER_NOT_PARTICIPANT" # This person is not in the chat.
---| "USER_PERMISSION_DENIED"
---| "USER_PRIVACY_RESTRICTED" # The privacy settings of this person don't allow it.
---| "USER_PUBLIC_MISSING"
---| "USER_RESTRICTED" # Telegram has limited the account: ask @SpamBot.
---| "USER_VOLUME_INVALID" # The volume is wrong.
---| "VENUE_ID_INVALID"
---| "VIDEO_CONTENT_TYPE_INVALID" # Videos of this type are not possible here.
---| "VIDEO_FILE_INVALID" # This is not a video.
---| "VIDEO_PAUSE_FORBIDDEN"
---| "VIDEO_STOP_FORBIDDEN"
---| "VIDEO_TITLE_EMPTY" # An inline result with a video needs a title.
---| "VOICE_MESSAGES_FORBIDDEN" # This person takes no voice messages.
---| "VOLUME_MOVE_INVALID"
---| "WALLPAPER_FILE_INVALID"
---| "WALLPAPER_INVALID" # There is no such background.
---| "WALLPAPER_MIME_INVALID"
---| "WALLPAPER_NOT_FOUND"
---| "WC_CONVERT_URL_INVALID"
---| "WEBDOCUMENT_INVALID" # The link of the inline result does not lead to a file.
---| "WEBDOCUMENT_MIME_INVALID" # Files of this type are not possible here.
---| "WEBDOCUMENT_SIZE_TOO_BIG" # The file behind the link is too large.
---| "WEBDOCUMENT_URL_EMPTY" # The file of the inline result needs a link.
---| "WEBDOCUMENT_URL_INVALID" # The link of the inline result is not one.
---| "WEBPAGE_CURL_FAILED" # Telegram could not fetch the link.
---| "WEBPAGE_MEDIA_EMPTY" # There is no media behind the link.
---| "WEBPAGE_NOT_FOUND" # There is no preview of this link.
---| "WEBPAGE_URL_INVALID"
---| "WEBPUSH_AUTH_INVALID"
---| "WEBPUSH_KEY_INVALID"
---| "WEBPUSH_TOKEN_INVALID"
---| "WORKER_BUSY_TOO_LONG_RETRY" # Telegram is busy: try again.
---| "YOUR_PRIVACY_RESTRICTED"
---| "YOU_BLOCKED_USER" # The account has blocked this person.

---@class SendOptions
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field file? FileSource|FileSource[] A file to send, or an album: the text is its caption.
---@field force_document? boolean The file as a file, even if it is a picture or a video.
---@field thumb? FileSource A small picture for the file.
---@field supports_streaming? boolean A video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes of the file that are through, and all of them.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.
---@field split? boolean Send a text of more than 4096 characters as several messages; true if not given.
---@field all? boolean Return the list of what was sent, not the last message alone.

---@class EditOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field buttons? Buttons New buttons; those it has are kept if not given, false takes them away.
---@field file? FileSource A file in the place of the one it has.
---@field force_document? boolean The file as a file, even if it is a picture or a video.
---@field thumb? FileSource A small picture for the file.
---@field supports_streaming? boolean A video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes of the file that are through, and all of them.
---@field schedule? When Another time for a message that is for later.
---@field scheduled? boolean The message is for later, and was not sent yet.

---@class DeleteOptions
---@field revoke? boolean For everybody, not only for this account; true if not given.
---@field scheduled? boolean The messages are for later, and were not sent yet.

---@class CommandFilters
---@field description? string What the command does, for the menu: see client:publish_commands.
---@field incoming? boolean Only what others wrote, or, with false, nothing of that.
---@field outgoing? boolean Only what this account wrote, on another device or in another program, or, with false, nothing of that.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only from these people, bots or channels.
---@field not_from? Target|Target[] Not from these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class HistoryOptions
---@field limit? integer How many; all for iter_messages if not given, one for get_messages.
---@field offset_date? When Only messages before then; from then on in reverse.
---@field offset_id? MessageID Only messages before this one; after it in reverse.
---@field max_id? MessageID Only messages before this one.
---@field min_id? MessageID Only messages after this one.
---@field add_offset? integer How many to leave out at the beginning.
---@field reverse? boolean The oldest first.
---@field search? string Only messages with these words.
---@field filter? "photo"|"video"|"photo_video"|"document"|"url"|"gif"|"voice"|"music"|"round_video"|"round_voice"|"chat_photo"|"contact"|"geo"|"poll"|"pinned"|"mentions"|"unread_mentions"|"unread_reactions"|"call"|"missed_call" Only messages of this kind.
---@field from_user? Target Only messages that this one wrote.
---@field search_in? "channels"|"groups"|"private" Of a search in all chats, only in these.
---@field ids? MessageID[] Exactly these; the other options don't count then.
---@field reply_to? MessageID Only answers to this message; comments, for a post of a channel.
---@field topic? MessageID Only messages of this topic of a forum.
---@field scheduled? boolean The messages that wait to be sent.
---@field wait_time? Duration How long to wait between two requests, each of which brings 100 messages; none if not given, and a second after 3000 messages.

---@class ForwardOptions
---@field silent? boolean Without a sound.
---@field background? boolean Without showing this account as online.
---@field schedule? When Send them later.
---@field protected? boolean Can't be forwarded or saved.
---@field drop_author? boolean As if this account had written them.
---@field drop_captions? boolean Media without their text, nor their author.
---@field with_my_score? boolean With this account's score, for games.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field send_as? Target Channel to speak for.

---@class CopyOptions
---@field text? string|FormattedText Text or caption in place of its own.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class PinOptions
---@field notify? boolean Tell the members.
---@field pm_oneside? boolean In a private chat, only for this account.

---@class UnpinOptions
---@field notify? boolean Tell the members.
---@field pm_oneside? boolean In a private chat, only for this account.
---@field topic? MessageID Of all messages, only those of this topic.

---@class ReadOptions
---@field max_id? MessageID The last message that was read; all if not given.
---@field clear_mentions? boolean Also what mentions this account, wherever it is.
---@field clear_reactions? boolean Also reactions to this account's messages.
---@field topic? MessageID Only in this topic of a forum.

---@class ReactOptions
---@field big? boolean With a large animation.
---@field add_to_recent? boolean Remember it as used lately.

---@class ReactionsOptions
---@field reaction? string Only who has reacted like this.
---@field limit? integer How many; all if not given.

---@class PollOptions
---@field quiz? boolean With right answers.
---@field correct? integer|integer[] Numbers of the right answers of a quiz, from 1.
---@field explanation? string|FormattedText What a quiz shows after an answer.
---@field multiple? boolean Several answers are allowed.
---@field anonymous? boolean Nobody sees who voted for what; true if not given.
---@field closed? boolean Nobody can vote, it only shows.
---@field final? boolean A vote can't be changed.
---@field shuffle? boolean Everybody sees the answers in another order.
---@field hide_results? boolean The results show once it is closed.
---@field period? Duration How long it stays open: 5 seconds to 10 minutes.
---@field close_at? When When it closes.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class VotesOptions
---@field answer? integer Only who has voted for this one, from 1.
---@field limit? integer How many; all if not given.

---@class PlainSendOptions
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class ContactOptions
---@field last_name? string Last name.
---@field vcard? string More about the contact, as a vCard.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class LocationOptions
---@field accuracy? integer Within how many metres the place is.
---@field live? Duration For how long it moves with edit_location: a minute to a day.
---@field heading? integer Where it moves to, in degrees: 1 to 360.
---@field proximity? integer Tell when somebody comes nearer than this many metres.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class PlaceOptions
---@field accuracy? integer Within how many metres the place is.
---@field live? Duration For how long it moves with edit_location: a minute to a day.
---@field heading? integer Where it moves to, in degrees: 1 to 360.
---@field proximity? integer Tell when somebody comes nearer than this many metres.

---@class VenueOptions
---@field provider? string Whose list of venues it is from: "foursquare" or "gplaces".
---@field venue_id? string Its number there.
---@field venue_type? string What kind it is there.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class ActionOptions
---@field delay? Duration How often it is told again; 4 seconds if not given.
---@field auto_cancel? boolean Take it back at the end; true if not given.
---@field progress? integer Of an upload, in percent.
---@field topic? MessageID In this topic of a forum.

---@class SendActionOptions
---@field progress? integer Of an upload, in percent.
---@field topic? MessageID In this topic of a forum.

---@class ViewsOptions
---@field count? boolean Count this as a view, as apps do.

---@class SendFileOptions
---@field caption? string|FormattedText|string|FormattedText|(string|FormattedText)[] Text below it; of an album, a list of them, or one for the first file.
---@field file_name? string Its name for others; that of the file if not given.
---@field mime_type? string What is in it; by its contents and its name if not given.
---@field force_document? boolean As a file, even if it is a picture or a video.
---@field voice_note? boolean As a voice message. Telegram wants Ogg with Opus.
---@field video_note? boolean As a round video. Telegram wants a square MP4 of up to a minute.
---@field kind? "photo"|"document"|"video"|"video_note"|"voice"|"audio"|"gif"|"sticker" As what; by its contents if not given.
---@field thumb? FileSource A small picture for it: JPEG, up to 320 pixels and 200 KB.
---@field ttl? Duration|"once" How long it is shown once it was opened, up to a minute, or "once"; in private chats.
---@field spoiler? boolean Hidden until it is tapped.
---@field supports_streaming? boolean The video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field width? integer Width of the picture or video; looked up in JPEG, PNG, GIF, WebP and MP4.
---@field height? integer Height of it.
---@field duration? Duration Length of the video or sound; looked up in MP4, MP3, Ogg, FLAC and WAV.
---@field title? string Title of the music; looked up in MP3.
---@field performer? string Who plays the music; looked up in MP3.
---@field waveform? integer|integer[] Loudness of the voice message: about 100 numbers from 0 to 31.
---@field emoji? string What the sticker stands for.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes that are through, and all of them.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field invert_media? boolean Caption above the file.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class UploadOptions
---@field file_name? string Its name for others; that of the file if not given.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes that are through, and all of them.

---@class DownloadOptions
---@field thumb? integer|string A smaller picture instead: its place, 1 for the smallest and -1 for the greatest, or its letter, see file.thumbs.
---@field offset? integer|string First byte, counted from 0.
---@field limit? integer|string How many bytes; all that follow if not given.
---@field resume? boolean Keep what has come if the download fails, and go on from there the next time.
---@field bytes? boolean Return the contents as a string, and write nothing; up to 64 MiB.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes that are through, and all of them; -1 if nobody knows.

---@class StoredOptions
---@field dc_id? integer Data center that keeps it; Telegram says so itself if not given.
---@field file_size? integer|string How many bytes it has, for the progress.
---@field offset? integer|string First byte, counted from 0.
---@field limit? integer|string How many bytes; all that follow if not given.
---@field bytes? boolean Return the contents as a string, and write nothing; up to 64 MiB.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes that are through, and all of them; -1 if nobody knows.

---@class ChunkOptions
---@field offset? integer|string First byte, counted from 0.
---@field stride? integer|string From the begin of one piece to that of the next; chunk_size if not given.
---@field limit? integer How many pieces; all if not given.
---@field chunk_size? integer Bytes of a piece; 512 KiB if not given.
---@field request_size? integer Bytes that are asked for at once; 512 KiB if not given.
---@field thumb? integer|string A smaller picture instead of the file.

---@class PhotoOptions
---@field download_big? boolean The great picture, not the one for lists; true if not given.
---@field bytes? boolean Return the contents as a string, and write nothing; up to 64 MiB.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes that are through, and all of them; -1 if nobody knows.

---@class MarkupOptions
---@field inline_only? boolean Refuse anything but inline buttons.

---@class InlineQueryOptions
---@field chat? Target Where the result will be sent; the bot is told the kind of chat.
---@field offset? string next_offset of the results before.
---@field geo? { [1]: number, [2]: number } Tell the bot that this account is here: { latitude, longitude }.

---@class StartOptions
---@field chat? Target Start it in this group, of which it is a member; in the chat with it if not given.

---@class ScopeOptions
---@field scope? "default"|"users"|"chats"|"admins"|"chat"|"chat_admins"|"member" For whom: all chats if not given; people, groups, admins of groups; or of one chat, given as the option chat.
---@field chat? Target Of the scopes chat, chat_admins and member; alone, it stands for the scope chat.
---@field user? Target Of the scope member.
---@field lang? string Only for people who use this language: two letters.

---@class PublishOptions
---@field keep? boolean Leave other commands in the menu: for a bot with several scripts.
---@field scope? "default"|"users"|"chats"|"admins"|"chat"|"chat_admins"|"member" For whom: all chats if not given; people, groups, admins of groups; or of one chat, given as the option chat.
---@field chat? Target Of the scopes chat, chat_admins and member; alone, it stands for the scope chat.
---@field user? Target Of the scope member.
---@field lang? string Only for people who use this language: two letters.

---@class SuggestCommandsOptions
---@field text? string What to say; %s is the command that was probably meant.

---@class BotInfoOptions
---@field name? string Its name, up to 64 characters.
---@field about? string What its profile says, up to 120 characters.
---@field description? string What the empty chat says, up to 512 characters.
---@field lang? string Only for people who use this language: two letters.
---@field bot? Target A bot that this account owns, if the account is a person.

---@class GetBotInfoOptions
---@field lang? string The texts for this language: two letters.
---@field bot? Target A bot that this account owns, if the account is a person.

---@class MenuOptions
---@field user? Target Only in the chat with this person.
---@field text? string What is written on a button that opens a mini app.

---@class GetMenuOptions
---@field user? Target In the chat with this person.

---@class AdminChoice
---@field change_info? boolean May change title, photo and description.
---@field post_messages? boolean May write in a channel.
---@field edit_messages? boolean May edit what others wrote in a channel.
---@field delete_messages? boolean May delete what others wrote.
---@field ban_users? boolean May restrict and ban.
---@field invite_users? boolean May add members and make invite links.
---@field pin_messages? boolean May pin messages.
---@field add_admins? boolean May name further admins. is_admin alone doesn't give this.
---@field anonymous? boolean Writes in the name of the group. is_admin alone doesn't do this.
---@field manage_call? boolean May lead video chats.
---@field other? boolean May see statistics, the admin log and hidden members.
---@field manage_topics? boolean May make and close topics.
---@field post_stories? boolean May post stories.
---@field edit_stories? boolean May edit stories of others.
---@field delete_stories? boolean May delete stories of others.
---@field manage_direct_messages? boolean May answer what is written to a channel.

---@class SendInvoiceOptions
---@field description string What it is for, up to 255 characters.
---@field payload string What tells the bot later which payment it is; the person doesn't see it.
---@field currency? string Three letters; XTR, which are Stars, if not given.
---@field provider_token? string Token of the payment provider, from BotFather; not for Stars.
---@field provider_data? string JSON for the provider.
---@field photo? string Address of a picture of the goods.
---@field start_param? string Of the deep link in forwarded copies; without it, these can be paid by anybody.
---@field subscription? Duration How long a payment lasts, of a subscription in Stars: 30 days.
---@field test? boolean No real money.
---@field need_name? boolean Ask for the person's name.
---@field need_phone? boolean Ask for the person's phone number.
---@field need_email? boolean Ask for the person's e-mail address.
---@field need_address? boolean Ask where to ship to.
---@field phone_to_provider? boolean Tell the provider the phone number.
---@field email_to_provider? boolean Tell the provider the e-mail address.
---@field flexible? boolean The price depends on the address: the event shipping.
---@field max_tip? integer The highest tip.
---@field suggested_tips? integer|integer[] Up to four tips to choose from.
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.

---@class InvoiceOptions
---@field description string What it is for, up to 255 characters.
---@field payload string What tells the bot later which payment it is; the person doesn't see it.
---@field currency? string Three letters; XTR, which are Stars, if not given.
---@field provider_token? string Token of the payment provider, from BotFather; not for Stars.
---@field provider_data? string JSON for the provider.
---@field photo? string Address of a picture of the goods.
---@field start_param? string Of the deep link in forwarded copies; without it, these can be paid by anybody.
---@field subscription? Duration How long a payment lasts, of a subscription in Stars: 30 days.
---@field test? boolean No real money.
---@field need_name? boolean Ask for the person's name.
---@field need_phone? boolean Ask for the person's phone number.
---@field need_email? boolean Ask for the person's e-mail address.
---@field need_address? boolean Ask where to ship to.
---@field phone_to_provider? boolean Tell the provider the phone number.
---@field email_to_provider? boolean Tell the provider the e-mail address.
---@field flexible? boolean The price depends on the address: the event shipping.
---@field max_tip? integer The highest tip.
---@field suggested_tips? integer|integer[] Up to four tips to choose from.

---@class PayOptions
---@field max integer The most that it may cost, in Stars.

---@class TransactionOptions
---@field incoming? boolean Only what was received.
---@field outgoing? boolean Only what was paid.
---@field reverse? boolean The oldest first.

---@class ScoreOptions
---@field force? boolean Also if it is lower than the player's best.
---@field edit_message? boolean Show the scores in the message; true if not given.

---@class WebViewOptions
---@field chat? Target In which chat; the one with the bot if not given.
---@field start_param? string What the app is told.
---@field simple? boolean As a button of a reply keyboard does: the app learns less of the account.
---@field platform? string What the app takes this program for; "tgscript" if not given.

---@class TalkOptions
---@field timeout? Duration The longest time for each wait that says nothing else; a minute if not given, 0 for ever.
---@field total_timeout? Duration The longest time for all waits together.
---@field max_messages? integer How many messages it takes before it gives up with TOO_MANY_MESSAGES; 100 if not given, 0 for any number.
---@field exclusive? boolean Have the chat, or the person in it, alone: another conversation there raises CONVERSATION_BUSY. true if not given.
---@field with? Target|false Only messages of this person count. Without it, in a group, those of the author if the chat was given as a message, else those of everybody; false for everybody.
---@field share? boolean The handlers get the messages, too.

---@class ParticipantOptions
---@field limit? integer How many at most; 0 only counts. Default: all.
---@field search? string Only who is called so: beginnings of names and user names.
---@field filter? "recent"|"admins"|"bots"|"contacts"|"banned"|"kicked"|"mentions" Only these. Telegram calls banned who is restricted, and kicked who is kept out.
---@field aggressive? boolean Find more than the 10,000 that Telegram lists, by many searches.

---@class EditAdminOptions
---@field change_info? boolean May change title, photo and description.
---@field post_messages? boolean May write in a channel.
---@field edit_messages? boolean May edit what others wrote in a channel.
---@field delete_messages? boolean May delete what others wrote.
---@field ban_users? boolean May restrict and ban.
---@field invite_users? boolean May add members and make invite links.
---@field pin_messages? boolean May pin messages.
---@field add_admins? boolean May name further admins. is_admin alone doesn't give this.
---@field anonymous? boolean Writes in the name of the group. is_admin alone doesn't do this.
---@field manage_call? boolean May lead video chats.
---@field other? boolean May see statistics, the admin log and hidden members.
---@field manage_topics? boolean May make and close topics.
---@field post_stories? boolean May post stories.
---@field edit_stories? boolean May edit stories of others.
---@field delete_stories? boolean May delete stories of others.
---@field manage_direct_messages? boolean May answer what is written to a channel.
---@field is_admin? boolean What the rights are that are left out. Default: false. With is_admin = false alone they are no admin any more.
---@field title? string Shown beside their name. Alone it leaves the rights as they are.

---@class RestrictOptions
---@field view_messages? boolean May be in the chat at all.
---@field send_messages? boolean May write anything.
---@field send_media? boolean May send media of any kind.
---@field send_stickers? boolean May send stickers.
---@field send_gifs? boolean May send GIFs.
---@field send_games? boolean May send games.
---@field send_inline? boolean May use inline bots.
---@field embed_link_previews? boolean Their links have previews.
---@field send_polls? boolean May send polls.
---@field change_info? boolean May change title, photo and description.
---@field invite_users? boolean May add members.
---@field pin_messages? boolean May pin messages.
---@field manage_topics? boolean May make topics.
---@field send_photos? boolean May send photos.
---@field send_videos? boolean May send videos.
---@field send_round_videos? boolean May send round videos.
---@field send_audios? boolean May send music.
---@field send_voices? boolean May send voice messages.
---@field send_docs? boolean May send files.
---@field send_plain? boolean May write text.
---@field until_date? Until When it ends: a time, or how long from now. Default: never.

---@class BanOptions
---@field until_date? Until When it ends: a time, or how long from now. Default: never.
---@field revoke? boolean Delete all that they wrote, in supergroups.

---@class AdminLogOptions
---@field limit? integer How many at most. Default: all of the last 48 hours.
---@field max_id? integer|string Only entries with lower ids.
---@field min_id? integer|string Only entries with higher ids.
---@field search? string Only entries with these words.
---@field admins? Target|Target[] Only what these did.
---@field join? boolean Somebody joined. Without any kind all entries come.
---@field leave? boolean Somebody left.
---@field invite? boolean Somebody was added.
---@field restrict? boolean Somebody was restricted.
---@field unrestrict? boolean Restrictions were lifted.
---@field ban? boolean Somebody was banned.
---@field unban? boolean A ban was lifted.
---@field promote? boolean Somebody was made an admin.
---@field demote? boolean Somebody is no admin any more.
---@field info? boolean Title, description, photo and the like were changed.
---@field settings? boolean Settings were changed.
---@field pinned? boolean Messages were pinned.
---@field edit? boolean Messages were edited.
---@field delete? boolean Messages were deleted.
---@field group_call? boolean Video chats.
---@field invites? boolean Invite links were changed.
---@field send? boolean Messages were sent in the name of the chat.
---@field forums? boolean Topics were made or changed.

---@class ProfilePhotosOptions
---@field limit? integer How many at most. Default: all.
---@field offset? integer How many of the newest are left out.
---@field max_id? integer|string Only photos with lower ids; of users.

---@class SetPhotoOptions
---@field bot? Target Of a bot that belongs to this account.
---@field fallback? boolean For those who may not see the other one.
---@field video? boolean The file is a short square video.
---@field video_at? number Second of the video that stands for it.

---@class CreateGroupOptions
---@field ttl? Duration Messages delete themselves after it.

---@class CreateChannelOptions
---@field kind? "channel"|"supergroup"|"forum" A channel, where only admins write, a supergroup, or one with topics. Default: channel.
---@field about? string Its description.
---@field ttl? Duration Messages delete themselves after it.
---@field lat? number Where a supergroup is at home, with long and address.
---@field long? number See lat.
---@field address? string See lat.

---@class InviteOptions
---@field forward? integer How many of the last messages new members of a basic group see. Default: 100.

---@class CreateLinkOptions
---@field title? string Its name, which only admins see.
---@field expire_date? Until When it ends: a time, or how long from now. Default: never.
---@field limit? integer How many may join by it. Default: any number.
---@field request_needed? boolean Admins are asked; goes without limit.

---@class EditLinkOptions
---@field title? string Its name, which only admins see.
---@field expire_date? Until When it ends: a time, or how long from now.
---@field limit? integer How many may join by it; 0 for any number.
---@field request_needed? boolean Admins are asked.
---@field forever? boolean It never ends.

---@class LinksOptions
---@field limit? integer How many at most. Default: all.
---@field admin? Target Whose. Default: those of this account.
---@field revoked? boolean Those that were revoked instead of those that work.

---@class JoinersOptions
---@field limit? integer How many at most. Default: all.
---@field link? Link Only who came by this link.

---@class RequestsOptions
---@field limit? integer How many at most. Default: all.
---@field link? Link Only who came by this link.
---@field search? string Only who is called so.

---@class AnswerRequestOptions
---@field link? Link Only those who came by this link; for all at once.

---@class EditChatOptions
---@field signatures? boolean Posts of a channel tell who wrote them.
---@field profiles? boolean Signatures lead to profiles.
---@field history_hidden? boolean New members don't see what was written before.
---@field join_to_send? boolean Only members may write in a discussion group.
---@field join_request? boolean Admins decide who may join a public group.
---@field anti_spam? boolean Telegram's own spam filter.
---@field members_hidden? boolean Only admins see who is a member.
---@field protected? boolean Nothing can be forwarded or saved.
---@field forum? boolean The group has topics.
---@field translation? boolean Posts are translated by themselves.
---@field title? string See edit_title.
---@field about? string See edit_about.
---@field slow_mode? Duration How long members wait between two messages: 0, 10 s, 30 s, 1, 5 or 15 minutes, 1 hour.
---@field ttl? Duration After which time new messages delete themselves; 0 for never. Private chats have that, too.

---@class ChatReactionsOptions
---@field limit? integer How many different ones a message may have.

---@class StatsOptions
---@field dark? boolean Colours for a dark background.
---@field graphs? boolean Load all graphs, which takes a request for each that Telegram makes only then. Default: true.

---@class CreateTopicOptions
---@field icon_color? integer One of 0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F.
---@field icon_emoji_id? integer|string Id of a custom emoji.
---@field send_as? Target In whose name: this account, the group, or a channel of its.

---@class TopicChange
---@field title? string The new title.
---@field icon_emoji_id? integer|string Id of a custom emoji; 0 for none.
---@field closed? boolean Only admins write in it.
---@field hidden? boolean It isn't shown; only of General, whose id is 1.

---@class PinTopicOptions
---@field unpin? boolean Take it from there.

---@class TopicsOptions
---@field limit? integer How many at most. Default: all.
---@field search? string Only with these words in the title.
---@field ids? TopicID|TopicID[] Only these: one id or a list.

---@class DialogOptions
---@field limit? integer How many; all if not given.
---@field offset_date? Time Only chats whose newest message is older.
---@field offset_id? MessageID With offset_peer: its newest message.
---@field offset_peer? Target Only chats behind this one.
---@field ignore_pinned? boolean Without those that are pinned.
---@field ignore_migrated? boolean Without groups that have become supergroups.
---@field folder? integer 0 for the chats outside of the archive, 1 for those in it; both if not given.
---@field archived? boolean The same in words.

---@class RevokeOptions
---@field revoke? boolean Delete the messages of a private chat for the other side as well.

---@class ReorderOptions
---@field force? boolean Pin those that are named, and no others.
---@field archived? boolean In the archive.

---@class DraftOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field reply_to? MessageID The message that it answers.
---@field link_preview? boolean Show a preview of the first link; true if not given.

---@class FolderOptions
---@field title? string Its name: 12 letters at most.
---@field emoticon? string The emoji of its picture.
---@field contacts? boolean Chats with all contacts.
---@field non_contacts? boolean Chats with all other people.
---@field groups? boolean All groups.
---@field channels? boolean All channels.
---@field bots? boolean All bots.
---@field exclude_muted? boolean Without muted chats.
---@field exclude_read? boolean Without chats that are read.
---@field exclude_archived? boolean Without archived chats.
---@field pinned? Target|Target[] Chats at its top.
---@field include? Target|Target[] Chats that are in it whatever their kind.
---@field exclude? Target|Target[] Chats that are not in it whatever their kind.

---@class NotifyPlace
---@field chat? Target Which chat.
---@field scope? "users"|"groups"|"channels" All chats of a kind instead.

---@class NotifyOptions
---@field chat? Target Which chat.
---@field scope? "users"|"groups"|"channels" All chats of a kind instead.
---@field show_previews? boolean Show what was written.
---@field silent? boolean Show, but make no sound.
---@field muted_until? Until How long, or until when, it is quiet.
---@field unmuted? boolean Not muted any more.

---@class SavedContactOptions
---@field first_name? string What the account calls them; their own name if not given.
---@field last_name? string Their last name.
---@field phone? string Their number, as the account knows it.
---@field share_phone? boolean Let them see the account's own number.

---@class ImportOptions
---@field first_name? string What the account calls them.
---@field last_name? string Their last name.

---@class SearchContactsOptions
---@field limit? integer How many of each; 50 if not given.

---@class BlockedOptions
---@field limit? integer How many; all if not given.

---@class ProfileOptions
---@field first_name? string First name.
---@field last_name? string Last name; "" takes it away.
---@field about? string What the profile says: 70 letters, 140 with Premium.

---@class EmojiStatusOptions
---@field expires? Until How long, or until when; for good if not given.

---@class ColourOptions
---@field profile? boolean Of the profile, not of the name in chats.
---@field emoji? integer|string Number of a custom emoji that makes the pattern behind it.

---@class PrivacyOptions
---@field allow "everyone"|"contacts"|"close_friends"|"nobody" Who may, apart from exceptions.
---@field always? Target|Target[] People who may, and groups all of whose members may.
---@field never? Target|Target[] People who may not, and groups none of whose members may.
---@field premium? boolean People with Telegram Premium may as well.
---@field bots? boolean Bots may as well, or may not.

---@class Edit2faOptions
---@field current_password? string The present password; not given while there is none.
---@field new_password? string The new one; not given, two-step verification is switched off.
---@field hint? string What to show to who is asked for it.
---@field email? string Address for who forgets it.
---@field email_code? fun(length: integer): string Called for the code that Telegram sends to the address.

---@class WithOptions
---@field flood_limit? Duration The longest pause that is sat out, whether Telegram orders it or pacing does; a longer one is an error. 0 waits for nothing.
---@field timeout? Duration How long one call may take, waiting for the link included. 0 lets it take for ever.

---@class TakeoutOptions
---@field contacts? boolean Contacts.
---@field users? boolean Messages of private chats.
---@field chats? boolean Messages of groups.
---@field megagroups? boolean Messages of supergroups.
---@field channels? boolean Messages of channels.
---@field files? boolean Files.
---@field max_file_size? integer The largest file, in bytes.

---@class HandlersOptions
---@field event? EventName Only those of this event.

---@class ReplyOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field file? FileSource|FileSource[] A file to send, or an album: the text is its caption.
---@field force_document? boolean The file as a file, even if it is a picture or a video.
---@field thumb? FileSource A small picture for the file.
---@field supports_streaming? boolean A video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes of the file that are through, and all of them.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.
---@field split? boolean Send a text of more than 4096 characters as several messages; true if not given.
---@field all? boolean Return the list of what was sent, not the last message alone.

---@class AskOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field file? FileSource|FileSource[] A file to send, or an album: the text is its caption.
---@field force_document? boolean The file as a file, even if it is a picture or a video.
---@field thumb? FileSource A small picture for the file.
---@field supports_streaming? boolean A video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes of the file that are through, and all of them.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.
---@field split? boolean Send a text of more than 4096 characters as several messages; true if not given.
---@field all? boolean Return the list of what was sent, not the last message alone.
---@field check? fun(answer: Message|CallbackEvent): any, string? Called with the answer; returns whether it is a good one, and what to say if it isn't. Then the next answer is waited for.
---@field tries? integer How many answers are checked before ANSWER_REFUSED is raised; any number if not given.
---@field cancel? string|string[] An answer that gives up, such as "/cancel", or several: it raises CANCELLED, which ends the handler without being an error.
---@field timeout? Duration How long to wait for an answer once the question is sent; without it, until the script is reloaded.
---@field total_timeout? Duration How long to wait for a good answer, however many there are.
---@field exclusive? boolean Have the person alone, as a conversation has: where another talks to them already, CONVERSATION_BUSY is raised.
---@field share? boolean The handlers get the answer, too.

---@class ClickOptions
---@field text? string The button with this text.
---@field data? string The button with this data.
---@field filter? fun(button: MessageButton): boolean The first button for which this returns true.
---@field password? string The account's password, for a button that asks for it. It proves that you know it, and is not sent.
---@field share_phone? boolean|string Give the account's phone number, or the one given here, to a button that asks for it.
---@field share_geo? { [1]: number, [2]: number } Give this place to a button that asks for one: { latitude, longitude }.
---@field share_peers? Target|Target[] Give these people or chats to a button that asks for some.
---@field login? boolean Sign in at the web site of a login button, and let its bot write. Needs the permission methods: [messages.acceptUrlAuth].

---@class WaitClickOptions
---@field timeout? Duration How long; without it, until the script is reloaded.
---@field data? string|string[] Only buttons with this data, or one of these.
---@field from? Target|Target[] Only presses of these people.

---@class MenuData
---@field data? string What the page is about, as page.data: up to 50 bytes, which stay with its buttons.

---@class PageButtonOptions
---@field id? string What the button is known by; its text if not given. A button whose text changes, such as one that counts, needs one to work on old messages.
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.

---@class PageOpenOptions
---@field data? string What the page is about, as page.data: up to 50 bytes, which stay with its buttons.
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.

---@class ShareOptions
---@field password? string The account's password, for a button that asks for it. It proves that you know it, and is not sent.
---@field share_phone? boolean|string Give the account's phone number, or the one given here, to a button that asks for it.
---@field share_geo? { [1]: number, [2]: number } Give this place to a button that asks for one: { latitude, longitude }.
---@field share_peers? Target|Target[] Give these people or chats to a button that asks for some.
---@field login? boolean Sign in at the web site of a login button, and let its bot write. Needs the permission methods: [messages.acceptUrlAuth].

---@class CallbackAnswerOptions
---@field alert? boolean Show it as a box that has to be closed, not as a passing notice.
---@field url? string Open this: a t.me link to the bot, or the address of a game.
---@field cache_time? integer For how many seconds the person's app may answer the button itself.

---@class InlineAnswerOptions
---@field cache_time? integer For how many seconds Telegram may give the same answer itself.
---@field private? boolean And only to the same person.
---@field gallery? boolean Show a grid of pictures, not a list.
---@field next_offset? string There is more: comes back as event.offset when the person scrolls to the end.
---@field switch_pm? string Text of a button above the offers that opens the chat with the bot.
---@field switch_pm_param? string What the bot gets there after /start.
---@field web_app? string Address of a mini app that the button opens in place of the chat.

---@class OfferOptions
---@field id? string Up to 64 bytes, told by inline_chosen; made of the offer itself if not given.
---@field description? string A line below the title.
---@field url? string A link that is shown.
---@field thumb? string Address of a small picture beside it.
---@field text? string|FormattedText What is sent; with a photo or file, its caption.
---@field geo? { [1]: number, [2]: number } Send this place, in the place of text or file.
---@field period? Duration For how long the place moves: a minute to a day.
---@field venue? { title: string, address: string, geo: table, provider?: string, id?: string, kind?: string } Send this address.
---@field contact? { phone: string, first_name: string, last_name?: string, vcard?: string } Send this contact.
---@field buttons? Buttons Buttons below the message. A message without any can't be edited by the bot.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.

---@class OfferPhotoOptions
---@field title? string Its title.
---@field id? string Up to 64 bytes, told by inline_chosen; made of the offer itself if not given.
---@field description? string A line below the title.
---@field url? string A link that is shown.
---@field thumb? string Address of a small picture beside it.
---@field text? string|FormattedText What is sent; with a photo or file, its caption.
---@field geo? { [1]: number, [2]: number } Send this place, in the place of text or file.
---@field period? Duration For how long the place moves: a minute to a day.
---@field venue? { title: string, address: string, geo: table, provider?: string, id?: string, kind?: string } Send this address.
---@field contact? { phone: string, first_name: string, last_name?: string, vcard?: string } Send this contact.
---@field buttons? Buttons Buttons below the message. A message without any can't be edited by the bot.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field include_media? boolean false shows the file in the list only, and sends the text.
---@field mime_type? string What is in a file on the web, such as "video/mp4"; by its name if not given.
---@field width? integer Of a picture or video on the web.
---@field height? integer Of a picture or video on the web.
---@field duration? Duration Of a video or music on the web.
---@field performer? string Of music on the web.

---@class OfferDocumentOptions
---@field type? "gif"|"video"|"audio"|"voice"|"sticker"|"file" What it is shown as; goes by the file if not given.
---@field id? string Up to 64 bytes, told by inline_chosen; made of the offer itself if not given.
---@field description? string A line below the title.
---@field url? string A link that is shown.
---@field thumb? string Address of a small picture beside it.
---@field text? string|FormattedText What is sent; with a photo or file, its caption.
---@field geo? { [1]: number, [2]: number } Send this place, in the place of text or file.
---@field period? Duration For how long the place moves: a minute to a day.
---@field venue? { title: string, address: string, geo: table, provider?: string, id?: string, kind?: string } Send this address.
---@field contact? { phone: string, first_name: string, last_name?: string, vcard?: string } Send this contact.
---@field buttons? Buttons Buttons below the message. A message without any can't be edited by the bot.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field include_media? boolean false shows the file in the list only, and sends the text.
---@field mime_type? string What is in a file on the web, such as "video/mp4"; by its name if not given.
---@field width? integer Of a picture or video on the web.
---@field height? integer Of a picture or video on the web.
---@field duration? Duration Of a video or music on the web.
---@field performer? string Of music on the web.

---@class OfferGameOptions
---@field id? string Up to 64 bytes, told by inline_chosen.
---@field buttons? Buttons Buttons below it; the first one plays.

---@class ResultClickOptions
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.
---@field hide_via? boolean Without the name of the bot, for those bots for which Telegram allows that.

---@class WaitOptions
---@field timeout? Duration The longest time for this wait, 0 for ever; that of the conversation if not given.

---@class ConverseClickOptions
---@field data? string|string[] Only buttons with this data, or one of these.
---@field timeout? Duration The longest time for this wait, 0 for ever; that of the conversation if not given.

---@class ConverseAskOptions
---@field reply_to? MessageID|{ chat: Target, message: MessageID } The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }.
---@field quote? string Part of the answered message's text to quote.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given. "large" and "small" say how, an address says of what.
---@field invert_media? boolean Preview or media above the text.
---@field file? FileSource|FileSource[] A file to send, or an album: the text is its caption.
---@field force_document? boolean The file as a file, even if it is a picture or a video.
---@field thumb? FileSource A small picture for the file.
---@field supports_streaming? boolean A video can be watched before it is there; true if not given.
---@field nosound_video? boolean A silent video stays a video, and doesn't become a GIF.
---@field attributes? any|(Object|table)[] documentAttribute objects or tables of their fields, in place of those that would be made up.
---@field progress? fun(done: integer, total: integer) Called on the way with the bytes of the file that are through, and all of them.
---@field silent? boolean Without a sound.
---@field schedule? When Send it later: a time, how long from now, or "online" for when its reader is.
---@field background? boolean Without showing this account as online.
---@field clear_draft? boolean And forget what was drafted in the chat.
---@field protected? boolean Can't be forwarded or saved.
---@field send_as? Target Channel to speak for.
---@field effect? integer|string Number of an animation that is shown with it; in private chats.
---@field topic? MessageID Topic of a forum: the number of its first message.
---@field comment_to? MessageID Post of a channel to comment on: it goes to the post's discussion.
---@field buttons? Buttons Buttons below it, or a keyboard.
---@field split? boolean Send a text of more than 4096 characters as several messages; true if not given.
---@field all? boolean Return the list of what was sent, not the last message alone.
---@field check? fun(answer: Message|CallbackEvent): any, string? Called with the answer; returns whether it is a good one, and what to say if it isn't. Then the next answer is waited for.
---@field tries? integer How many answers are checked before ANSWER_REFUSED is raised; any number if not given.
---@field cancel? string|string[] An answer that gives up, such as "/cancel", or several: it raises CANCELLED, which ends the handler without being an error.
---@field timeout? Duration The longest time for this wait, 0 for ever; that of the conversation if not given.

---@class DraftSendOptions
---@field keep? boolean Leave the draft as it is.

---@class LimitWaitOptions
---@field limit? Duration The longest time to wait; what would have to wait longer is an error at once.

---@class BatchOptions
---@field flood_limit? Duration Longest pause ordered by Telegram that is waited for; beyond it the call fails. 0 waits for none.
---@field timeout? Duration How long the call may take; then it fails with TIMEOUT. 0 waits for ever.
---@field partial? boolean Don't raise when calls fail: their errors stand in the list in place of the answers.

---@class CallOptions
---@field flood_limit? Duration Longest pause ordered by Telegram that is waited for; beyond it the call fails. 0 waits for none.
---@field timeout? Duration How long the call may take; then it fails with TIMEOUT. 0 waits for ever.

---@class JsonDecodeOptions
---@field nulls? boolean Keep null as tg.json.null in objects too; without it the name is left out.

---@class StoreSetOptions
---@field ttl? Duration How long it lasts; for ever if not given.
---@field if_absent? boolean Leave a value alone that is there already.

---@class StoreAddOptions
---@field ttl? Duration How long a counter lasts that begins with this call; one that is there keeps its time.

---@class StoreTTLOption
---@field ttl? Duration How long it lasts; for ever if not given.

---@class StoreWalkOptions
---@field limit? integer How many at most; all if not given.

---@class JobOptions
---@field data? any What the function gets: text, numbers, booleans and tables of these, up to 64 KiB.
---@field id? string|number|Peer|Message What the run is called: it takes the place of another one of the job with this id. Without it, each is one more; at the top level, the place in the script names it.
---@field missed? "run"|"skip"|"all" What happens to times that come while the script does not run: one run for all of them, late (run, if not given); none (skip); or one for each (all).
---@field jitter? Duration Up to how much later, by chance, so that not all come at once.

---@class JobAtOptions
---@field tz? string Time zone: "Europe/Berlin", "UTC", "local", "+02:00"; UTC if not given.
---@field data? any What the function gets: text, numbers, booleans and tables of these, up to 64 KiB.
---@field id? string|number|Peer|Message What the run is called: it takes the place of another one of the job with this id. Without it, each is one more; at the top level, the place in the script names it.
---@field missed? "run"|"skip"|"all" What happens to times that come while the script does not run: one run for all of them, late (run, if not given); none (skip); or one for each (all).
---@field jitter? Duration Up to how much later, by chance, so that not all come at once.

---@class BusRequestOptions
---@field timeout? Duration The longest time to wait; 10 seconds if not given.

---@class MessageFilters
---@field pattern? string A Lua pattern that the text without formatting must match; captures are in event.matches.
---@field regex? string A regular expression that it must match, as https://pkg.go.dev/regexp/syntax has them: (?i) ignores case. Its groups are in event.matches.
---@field text? string|string[] Exactly this text, or one of these.
---@field incoming? boolean Only what others wrote, or, with false, nothing of that.
---@field outgoing? boolean Only what this account wrote, on another device or in another program, or, with false, nothing of that.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only from these people, bots or channels.
---@field not_from? Target|Target[] Not from these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field forwards? boolean Forwarded from elsewhere, or not.
---@field reply? boolean Answers to another message, or none.
---@field media? boolean|string|string[] With media, or without; or with media of this kind, or one of these: photo, video, gif, audio, voice, video_note, sticker, document, poll, geo, venue, contact, dice, game, invoice, link, story.
---@field mentioned? boolean That mention this account or answer it, or don't.
---@field via_bot? boolean Made by an inline bot, or not.
---@field buttons? boolean With buttons below, or without.
---@field edited? boolean Shown as edited, or not.
---@field grouped? boolean Parts of albums, or not.
---@field silent? boolean Sent without a sound, or with one.
---@field topic? MessageID Only in this topic of a forum.
---@field any? MessageFilters[] Tables of filters, of which one has to fit.
---@field all? MessageFilters[] Tables of filters, which all have to fit.
---@field none? MessageFilters[] Tables of filters, of which none may fit.
---@field own? boolean Also what this process sends and edits itself; event.own tells it from the rest.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class RawFilters
---@field types? string|string[] Only updates of these constructors, such as "updateUserStatus".
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class ConnectionFilters
---@field state? string|string[] Only these: connecting, ready, disconnected.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class CallbackFilters
---@field data? string|string[] Only this data, or one of these.
---@field pattern? string A Lua pattern that the data must match; captures are in event.matches.
---@field chat_instance? string|string[] Only buttons with this chat_instance: of one chat, known or not.
---@field stale? boolean Only buttons that ran a function of this script which is gone since a reload or restart. If nobody answers them, the person is told that they are too old.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class BotFilters
---@field text? string|string[] Only this text (the query, data or payload), or one of these.
---@field pattern? string A Lua pattern that it must match; captures are in event.matches.
---@field except? Target|Target[] The same as not_from.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class SceneFilters
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class ReadFilters
---@field inbox? boolean What this account has read on another device; with false, what others have read of what it wrote.
---@field contents? boolean Voice messages that were played, and the like; or, with false, chats that were read up to a message.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class ActionFilters
---@field action? string|string[] Only what is called so: joined, added, left, kicked, created, new_title, new_photo, new_pin, unpin, new_score, topic_created, topic_edited, migrated, new_ttl; or as message.action_name has it.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class AlbumFilters
---@field window? Duration After how long a silence the album is taken to be complete; half a second if not given. Ten messages are complete at once.
---@field own? boolean Also what this process sends itself.
---@field incoming? boolean Only what others sent, or, with false, nothing of that.
---@field outgoing? boolean Only what this account sent, or, with false, nothing of that.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class UserFilters
---@field action? string|string[] Only this, as event.action has it: typing, online, record_audio.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class ChangeFilters
---@field what? string|string[] Only this: name, phone, emoji_status, profile.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class ReactionFilters
---@field reaction? string|string[] Only if this reaction, or one of these, was given; for people, if it is there now.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class VoteFilters
---@field poll_id? string|string[] Only in this poll, or one of these.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class MemberFilters
---@field user? Target|Target[] Only about these people or bots.
---@field new? string|string[] Only who is this now: creator, admin, member, restricted, left, banned.
---@field old? string|string[] Only who was this before.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class PinnedFilters
---@field pinned? boolean Only messages that were pinned, or, with false, that are no longer.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class StoryFilters
---@field what? string|string[] Only this: posted, deleted, read, reaction, reacted.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class StateFilters
---@field state? string|string[] Only this: ready, revoked, unregistered, expired, duplicated, forgotten, banned, deleted.
---@field chats? Target|Target[] Only in these chats.
---@field not_chats? Target|Target[] Not in these chats.
---@field from? Target|Target[] Only by these people, bots or channels, where Telegram tells who it was.
---@field not_from? Target|Target[] Not by these people, bots or channels.
---@field private? boolean In chats with one person or bot, or, with false, not there; together with group and channel, in any of them.
---@field group? boolean In groups and supergroups, or, with false, not there.
---@field channel? boolean In channels, or, with false, not there.
---@field late? boolean Only what happened while the account was not running, or, with false, nothing of that.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class LifeFilters
---@field state? string|string[] Only this: loaded, reloaded, replaced, removed, stopping, paused, resumed.
---@field func? fun(event): boolean Called with the event; the handler runs if it returns true.
---@field once? boolean Only for the first event.
---@field priority? integer Handlers with a higher one run first; 0 if not given.
---@field sequential? boolean|"chat" Start on an event only when the handler is done with the one before it in the same chat.
---@field retry? integer|{ times: integer, delay?: Duration, backoff?: number } How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = "1s", backoff = 2 }. A FLOOD_WAIT is waited for.
---@field timeout? Duration The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT.

---@class KeyboardOptions
---@field resize? boolean As high as the buttons need, not as the letters were.
---@field single_use? boolean Gone after a press.
---@field selective? boolean Only for those whom the message mentions or answers.
---@field persistent? boolean Always shown, in the place of the letters.
---@field placeholder? string What the empty line of writing shows, up to 64 characters.

---@class MenuSettings
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.
---@field link_preview? boolean|string Show a preview of the first link; true if not given.
---@field stale? string What a person is told who presses a button that the menu doesn't have any more. The menu is then shown as it is now.

---@class StepDialogOptions
---@field first? string The step that it begins with; start if not given.
---@field timeout? Duration How long the answer to a step may take; then the dialog is over, and the message goes to the handlers.
---@field cancel? string|string[] Messages that end it, such as "/cancel". The step cancel gets them, if there is one.

---@class LimitOptions
---@field burst? integer How many may come at once after a time of quiet; 1 if not given.

---@class UseOptions
---@field events? EventName|EventName[] Only around the handlers of these events.

---@class ExecOptions
---@field stdin? string What it reads.
---@field timeout? Duration How long it may run; a minute if not given.
---@field max_output? integer How many bytes it may write to each output; 1 MiB if not given, 64 MiB at most.
---@field env? table<string, string> Variables for it. Of ours it gets PATH, HOME, LANG and the like alone. Those that make a program load other code, such as LD_PRELOAD, are refused.
---@field cwd? string The folder it runs in, which the script may read; that of config.yaml if not given.
---@field check? boolean Raise EXEC if its exit code is not 0.

---@class ZoneOption
---@field tz? string Time zone: "Europe/Berlin", "UTC", "local", "+02:00"; UTC if not given.

---@class CronOptions
---@field tz? string Time zone: "Europe/Berlin", "UTC", "local", "+02:00"; UTC if not given.
---@field jitter? Duration Up to how much later, by chance, so that not all come at once.

---@class InspectOptions
---@field depth? integer How deep tables within tables are written; 6 if not given.
---@field width? integer Characters of a line: what fits into it stands on one; 80 if not given.
---@field max_items? integer Elements of one table that are written; 100 if not given.
---@field max_text? integer Bytes of one string that are written; 1000 if not given.
---@field max_size? integer Bytes of all, about; 65536 if not given, 16777216 at most.

---@class WebhookOptions
---@field listen string Address and port: "127.0.0.1:8080". The script must be allowed to listen there; what isn't this machine's own address must be named by a rule.
---@field path? string Which path; / if not given. All others are answered by 404.
---@field method? string|string[] Which methods; POST if not given. Others are answered by 405.
---@field secret? string Requests must be signed with it, as GitHub does; others are answered by 403.
---@field signature? string The header with the signature; X-Hub-Signature-256 if not given.
---@field token? string A secret that requests must have in a header as it is; others are answered by 403.
---@field token_header? string The header with the token; X-Telegram-Bot-Api-Secret-Token if not given.
---@field max_body? integer Bytes of a body; 1 MiB if not given, 64 MiB at most. What is larger is answered by 413.
---@field timeout? Duration How long an answer may take; 30 seconds if not given, 10 minutes at most. Then it is 504.
---@field max_requests? integer Requests that are answered at a time; 32 if not given. Twice as many wait; what comes beyond is answered by 503.

---@class FormatOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field formatting_entities? TextEntity[] The formatting itself, as message.entities has it; the text is then taken as it is.

---@class WriteOptions
---@field entities? TextEntity[] Its formatting.
---@field parse_mode? "md"|"markdown"|"html" What to write; md if not given.

---@class EscapeOptions
---@field parse_mode? "md"|"markdown"|"html" In what; md if not given.

---@class SplitOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the text; md if not given.
---@field limit? integer Characters of a piece; 4096, what a message takes, if not given. Emoji count twice.
---@field max_entities? integer Entities of a piece; 100 if not given.

---@class InlineButtonOptions
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.
---@field password? boolean The person's password is asked for first.

---@class ButtonLook
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.

---@class SwitchOptions
---@field same_peer? boolean In this chat; the person doesn't choose.
---@field chats? string|string[] Only chats of these kinds are offered: "users", "bots", "groups", "supergroups", "channels".
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.

---@class AuthOptions
---@field bot? Target The bot whose domain it is; this bot if not given.
---@field write_access? boolean Ask the person to let the bot write to them.
---@field fwd_text? string|FormattedText What is written on it in forwarded messages.
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.

---@class ReplyButtonOptions
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.
---@field resize? boolean As high as the buttons need, not as the letters were.
---@field single_use? boolean Gone after a press.
---@field selective? boolean Only for those whom the message mentions or answers.
---@field persistent? boolean Always shown, in the place of the letters.
---@field placeholder? string What the empty line of writing shows, up to 64 characters.

---@class PollButtonOptions
---@field force_quiz? boolean true for a quiz only, false for a plain poll only.
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.
---@field resize? boolean As high as the buttons need, not as the letters were.
---@field single_use? boolean Gone after a press.
---@field selective? boolean Only for those whom the message mentions or answers.
---@field persistent? boolean Always shown, in the place of the letters.
---@field placeholder? string What the empty line of writing shows, up to 64 characters.

---@class RequestPeerOptions
---@field id? integer A number of yours that comes back with the choice.
---@field max_quantity? integer How many users may be chosen; 1 if not given.
---@field premium? boolean Users with Telegram Premium only, or without only.
---@field creator? boolean Only what the person has created.
---@field has_username? boolean Only public groups or channels, or private ones only.
---@field forum? boolean Only groups with topics, or without only.
---@field bot_participant? boolean Only groups that the bot is in.
---@field name_requested? boolean Tell the bot their names.
---@field username_requested? boolean Tell the bot their user names.
---@field photo_requested? boolean Tell the bot their photos.
---@field style? "primary"|"danger"|"success" Its colour.
---@field icon? integer|string Id of a custom emoji to the left of the text.
---@field resize? boolean As high as the buttons need, not as the letters were.
---@field single_use? boolean Gone after a press.
---@field selective? boolean Only for those whom the message mentions or answers.
---@field persistent? boolean Always shown, in the place of the letters.
---@field placeholder? string What the empty line of writing shows, up to 64 characters.

---@class ClearOptions
---@field selective? boolean Only for those whom the message mentions or answers.

---@class ForceReplyOptions
---@field placeholder? string What the empty line of writing shows, up to 64 characters.
---@field selective? boolean Only for those whom the message mentions or answers.

---@class JsonEncodeOptions
---@field pretty? boolean With lines and indentation.

---@class CsvEncodeOptions
---@field columns? string|string[] Which names of the objects, in which order; all, sorted, if not given. They are the first row.
---@field delimiter? string What stands between fields; a comma if not given.

---@class CsvDecodeOptions
---@field header? boolean The first row names the columns: the others are objects.
---@field delimiter? string What stands between fields; a comma if not given.

---@class Base64Options
---@field url? boolean For addresses: with - and _, and without = at the end.

---@class DigestOptions
---@field raw? boolean As bytes; as hexadecimal digits if not given.

---@class HmacOptions
---@field hash? "sha256"|"sha512"|"sha1"|"md5" With which function; sha256 if not given.
---@field raw? boolean As bytes; as hexadecimal digits if not given.

---@class RegexLimitOptions
---@field limit? integer How many at most; all if not given.

---@class TimeMakeParts
---@field year integer Year.
---@field month? integer 1 to 12; January if not given. Beyond that it is in another year.
---@field day? integer 1 to 31; the first if not given. Beyond that it is in another month.
---@field hour? integer Hour.
---@field min? integer Minute.
---@field sec? number Second.
---@field tz? string Time zone: "Europe/Berlin", "UTC", "local", "+02:00"; UTC if not given.

---@class TimeAddParts
---@field years? integer Years.
---@field months? integer Months: the last day if the month has no such day.
---@field weeks? integer Weeks.
---@field days? integer Days, which may have 23 or 25 hours in a time zone.
---@field hours? number Hours.
---@field minutes? number Minutes.
---@field seconds? number Seconds.
---@field tz? string Time zone: "Europe/Berlin", "UTC", "local", "+02:00"; UTC if not given.

---@class FileReadOptions
---@field max_size? integer How many bytes it may have; 16 MiB if not given, 256 MiB at most.

---@class FileWriteOptions
---@field exclusive? boolean Only if there is no such file: else the error FILE_EXISTS.

---@class FileRemoveOptions
---@field recursive? boolean A folder with all that is in it.

---@class HttpOptions
---@field headers? table<string, string> Headers by their names.
---@field query? table<string, any> What stands behind the ? of the address.
---@field json? any The body: a value that is written as JSON.
---@field form? table<string, any> The body: fields of a form.
---@field files? table<string, { path: string?, data: string?, filename: string?, type: string? }> Files of the form, by the names of their fields: { path = ... } or { data = ..., filename = ... }, with a type. Up to 64 MiB each.
---@field body? string The body: any bytes.
---@field timeout? Duration How long all of it may take; 30 seconds if not given.
---@field max_size? integer How many bytes the answer may have, unpacked; 16 MiB if not given, 1 GiB with save_to.
---@field save_to? string A file that gets the answer, if the status is 200 to 299; the script must be allowed to write it.
---@field redirects? integer How many redirects are followed; 10 if not given.
---@field proxy? string A proxy: "http://user:password@host:port" or "socks5://host:port". It must be allowed as other hosts are.
---@field check? boolean Raise HTTP_STATUS if the status is 400 or more.

---@class TemplateOptions
---@field parse_mode? "md"|"markdown"|"html"|"none" The template's own formatting: none if not given. Values are never read for any.

---@class QuoteStyling
---@field collapsed? boolean Folded until it is opened.

---@class ListOptions
---@field marker? string|FormattedText What each line begins with; "• " if not given.
---@field numbered? boolean "1. ", "2. " and so on.

---@class LocalesOptions
---@field default? string The language that has what others lack; en if not given.
---@field parse_mode? "md"|"markdown"|"html"|"none" How formatting is written in the texts; md if not given.

---@class SqlOpenOptions
---@field read_only? boolean Change nothing. The file must be there.
---@field max_size? integer Bytes that the file may grow to; 1 GiB if not given.
---@field busy_timeout? Duration How long to wait while another program writes; 5 seconds if not given.

---The account that the script runs on. Calls wait until Telegram has answered; other handlers run meanwhile.
---@class Client
---@field name string Name of the account in config.yaml.
---@field me Peer Who this account is, as Telegram said at sign-in.
---@field dc integer Number of the data center where the account lives.
---@field api Api Telegram's whole API by its names.
local Client = {}

---Send a message. A text of more than 4096 characters is sent as several. Returns the last one.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN, USER_IS_BLOCKED, MESSAGE_TOO_LONG
---```lua
---client:send_message("me", "Hello, **myself**!")
---client:send_message("@durov", "Hi", { silent = true, link_preview = false, schedule = "2h" })
---client:send_message("@durov", "My garden", { file = "garden.jpg" })
---client:send_message("@news", "Well said.", { comment_to = 17 })
---```
---@param chat Target Where to.
---@param message string|FormattedText|Message What to say: text, or a message, which is copied without telling where it is from.
---@param options? SendOptions How to say it.
---@return Message
function Client:send_message(chat, message, options) end

---Replace the text or buttons of a message of this account.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED
---```lua
---local message = client:send_message("me", "Working ...")
---client:edit_message("me", message, "Done.")
---```
---@param chat Target Where it is.
---@param message MessageID Which one.
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@return Message
---@overload fun(self: Client, chat: Target, message: MessageID, options: EditOptions): Message
function Client:edit_message(chat, message, text, options) end

---Delete messages. Returns how many Telegram deleted.
---
---Errors: MESSAGE_DELETE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:delete_messages("me", { 12, 13 })
---```
---@param chat? Target Where they are; outside of channels and supergroups nil will do.
---@param messages MessageID|MessageID[] Which ones: one or a list.
---@param options? DeleteOptions For whom.
---@return integer
---@overload fun(self: Client, messages: MessageID|MessageID[], options: DeleteOptions): integer
function Client:delete_messages(chat, messages, options) end

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
---@overload fun(self: Client, event: "callback", handler: fun(event: CallbackEvent)): Handler
---@overload fun(self: Client, event: "callback", filters: CallbackFilters, handler: fun(event: CallbackEvent)): Handler
---@overload fun(self: Client, event: "inline_query", handler: fun(event: InlineQueryEvent)): Handler
---@overload fun(self: Client, event: "inline_query", filters: BotFilters, handler: fun(event: InlineQueryEvent)): Handler
---@overload fun(self: Client, event: "inline_chosen", handler: fun(event: InlineChosenEvent)): Handler
---@overload fun(self: Client, event: "inline_chosen", filters: BotFilters, handler: fun(event: InlineChosenEvent)): Handler
---@overload fun(self: Client, event: "pre_checkout", handler: fun(event: PreCheckoutEvent)): Handler
---@overload fun(self: Client, event: "pre_checkout", filters: BotFilters, handler: fun(event: PreCheckoutEvent)): Handler
---@overload fun(self: Client, event: "shipping", handler: fun(event: ShippingEvent)): Handler
---@overload fun(self: Client, event: "shipping", filters: BotFilters, handler: fun(event: ShippingEvent)): Handler
---@overload fun(self: Client, event: "payment", handler: fun(event: PaymentEvent)): Handler
---@overload fun(self: Client, event: "payment", filters: BotFilters, handler: fun(event: PaymentEvent)): Handler
---@overload fun(self: Client, event: "web_app_data", handler: fun(event: WebAppDataEvent)): Handler
---@overload fun(self: Client, event: "web_app_data", filters: BotFilters, handler: fun(event: WebAppDataEvent)): Handler
---@overload fun(self: Client, event: "peers_shared", handler: fun(event: PeersSharedEvent)): Handler
---@overload fun(self: Client, event: "peers_shared", filters: BotFilters, handler: fun(event: PeersSharedEvent)): Handler
---@overload fun(self: Client, event: "delete", handler: fun(event: DeleteEvent)): Handler
---@overload fun(self: Client, event: "delete", filters: SceneFilters, handler: fun(event: DeleteEvent)): Handler
---@overload fun(self: Client, event: "read", handler: fun(event: ReadEvent)): Handler
---@overload fun(self: Client, event: "read", filters: ReadFilters, handler: fun(event: ReadEvent)): Handler
---@overload fun(self: Client, event: "chat_action", handler: fun(event: ChatActionEvent)): Handler
---@overload fun(self: Client, event: "chat_action", filters: ActionFilters, handler: fun(event: ChatActionEvent)): Handler
---@overload fun(self: Client, event: "album", handler: fun(event: AlbumEvent)): Handler
---@overload fun(self: Client, event: "album", filters: AlbumFilters, handler: fun(event: AlbumEvent)): Handler
---@overload fun(self: Client, event: "user_update", handler: fun(event: UserUpdateEvent)): Handler
---@overload fun(self: Client, event: "user_update", filters: UserFilters, handler: fun(event: UserUpdateEvent)): Handler
---@overload fun(self: Client, event: "user_changed", handler: fun(event: UserChangedEvent)): Handler
---@overload fun(self: Client, event: "user_changed", filters: ChangeFilters, handler: fun(event: UserChangedEvent)): Handler
---@overload fun(self: Client, event: "reaction", handler: fun(event: ReactionEvent)): Handler
---@overload fun(self: Client, event: "reaction", filters: ReactionFilters, handler: fun(event: ReactionEvent)): Handler
---@overload fun(self: Client, event: "poll", handler: fun(event: PollEvent)): Handler
---@overload fun(self: Client, event: "poll", filters: SceneFilters, handler: fun(event: PollEvent)): Handler
---@overload fun(self: Client, event: "poll_vote", handler: fun(event: PollVoteEvent)): Handler
---@overload fun(self: Client, event: "poll_vote", filters: VoteFilters, handler: fun(event: PollVoteEvent)): Handler
---@overload fun(self: Client, event: "member", handler: fun(event: MemberEvent)): Handler
---@overload fun(self: Client, event: "member", filters: MemberFilters, handler: fun(event: MemberEvent)): Handler
---@overload fun(self: Client, event: "join_request", handler: fun(event: JoinRequestEvent)): Handler
---@overload fun(self: Client, event: "join_request", filters: SceneFilters, handler: fun(event: JoinRequestEvent)): Handler
---@overload fun(self: Client, event: "chat_boost", handler: fun(event: ChatBoostEvent)): Handler
---@overload fun(self: Client, event: "chat_boost", filters: SceneFilters, handler: fun(event: ChatBoostEvent)): Handler
---@overload fun(self: Client, event: "message_views", handler: fun(event: MessageViewsEvent)): Handler
---@overload fun(self: Client, event: "message_views", filters: SceneFilters, handler: fun(event: MessageViewsEvent)): Handler
---@overload fun(self: Client, event: "pinned", handler: fun(event: PinnedEvent)): Handler
---@overload fun(self: Client, event: "pinned", filters: PinnedFilters, handler: fun(event: PinnedEvent)): Handler
---@overload fun(self: Client, event: "story", handler: fun(event: StoryEvent)): Handler
---@overload fun(self: Client, event: "story", filters: StoryFilters, handler: fun(event: StoryEvent)): Handler
---@overload fun(self: Client, event: "bot_stopped", handler: fun(event: BotStoppedEvent)): Handler
---@overload fun(self: Client, event: "bot_stopped", filters: SceneFilters, handler: fun(event: BotStoppedEvent)): Handler
---@overload fun(self: Client, event: "blocked", handler: fun(event: BlockedEvent)): Handler
---@overload fun(self: Client, event: "blocked", filters: SceneFilters, handler: fun(event: BlockedEvent)): Handler
---@overload fun(self: Client, event: "skipped", handler: fun(event: SkippedEvent)): Handler
---@overload fun(self: Client, event: "skipped", filters: SceneFilters, handler: fun(event: SkippedEvent)): Handler
---@overload fun(self: Client, event: "account_state", handler: fun(event: AccountStateEvent)): Handler
---@overload fun(self: Client, event: "account_state", filters: StateFilters, handler: fun(event: AccountStateEvent)): Handler
---@overload fun(self: Client, event: "script", handler: fun(event: ScriptEvent)): Handler
---@overload fun(self: Client, event: "script", filters: LifeFilters, handler: fun(event: ScriptEvent)): Handler
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

---Ask Telegram who this account is.
---```lua
---print("I am " .. client:get_me().name)
---```
---@return Peer
function Client:get_me() end

---Go through the messages of a chat, the newest first.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---for message in client:iter_messages("@durov", { limit = 500, filter = "photo" }) do
---  print(message.id, message.text)
---end
---for message in client:iter_messages("Friends", { reverse = true, min_id = 100 }) do print(message.text) end
---for message in client:iter_messages(nil, { search = "lunch" }) do print(message.chat.name) end
---```
---@param chat? Target Where; nil searches all chats.
---@param options? HistoryOptions Which ones.
---@return fun(): Message?
---@overload fun(self: Client, options: HistoryOptions): fun(): Message?
function Client:iter_messages(chat, options) end

---List messages of a chat, the newest first, with how many there are in the field total. With ids, the list has false in the place of a message that is gone.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---local last = client:get_messages("@durov")[1]
---local photos = client:get_messages("@durov", { filter = "photo", limit = 20 })
---print(#photos, "of", photos.total)
---local some = client:get_messages("@durov", { ids = { 12, 13 } })
---if some[2] then print(some[2].text) end
---```
---@param chat? Target Where; nil searches all chats.
---@param options? HistoryOptions Which ones.
---@return Message[]
---@overload fun(self: Client, options: HistoryOptions): Message[]
function Client:get_messages(chat, options) end

---Forward messages of one chat or several. Returns what they have become, in their order.
---
---Errors: PEER_UNKNOWN, MESSAGE_ID_INVALID, CHAT_FORWARDS_RESTRICTED, CHAT_WRITE_FORBIDDEN
---```lua
---local sent = client:forward_messages("me", { 12, 13 }, "@durov")
---client:forward_messages("@friend", sent, { silent = true, drop_author = true })
---```
---@param chat Target Where to.
---@param messages MessageID|MessageID[] Which ones: a message or its id, or a list.
---@param from? Target Where they are; messages themselves know it, ids don't.
---@param options? ForwardOptions How.
---@return Message[]
---@overload fun(self: Client, chat: Target, messages: MessageID|MessageID[], options: ForwardOptions): Message[]
function Client:forward_messages(chat, messages, from, options) end

---Send what a message says, without telling where it is from. Media are not uploaded again.
---
---Errors: NOT_COPIED, NO_SUCH_MESSAGE, PEER_UNKNOWN
---```lua
---client:copy_message("me", 12, "@durov", { text = "Worth keeping." })
---```
---@param chat Target Where to.
---@param message MessageID Which one: the message, or its id with the chat it is in.
---@param from? Target Where it is; the message itself knows.
---@param options? CopyOptions How.
---@return Message
---@overload fun(self: Client, chat: Target, message: MessageID, options: CopyOptions): Message
function Client:copy_message(chat, message, from, options) end

---Pin a message. Returns the service message that tells of it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID
---```lua
---client:pin_message("@group", 12, { notify = true })
---```
---@param chat Target Where it is.
---@param message MessageID Which one.
---@param options? PinOptions How.
---@return Message
function Client:pin_message(chat, message, options) end

---Take a message from the pinned ones, or all of them.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---client:unpin_message("@group", 12)
---client:unpin_message("@group") -- all
---```
---@param chat Target Where it is.
---@param message? MessageID Which one; nil for all.
---@param options? UnpinOptions How.
---@overload fun(self: Client, chat: Target, options: UnpinOptions)
function Client:unpin_message(chat, message, options) end

---Mark messages as read, and let their authors know.
---
---Errors: PEER_UNKNOWN
---```lua
---client:send_read_acknowledge("@friend")
---client:send_read_acknowledge("@group", 120, { clear_mentions = true })
---```
---@param chat Target Where.
---@param message? MessageID The last message that was read; nil for all.
---@param options? ReadOptions What else.
---@overload fun(self: Client, chat: Target, options: ReadOptions)
function Client:send_read_acknowledge(chat, message, options) end

---Mark messages as read: a short name of send_read_acknowledge.
---
---Errors: PEER_UNKNOWN
---```lua
---client:mark_read("@friend", { clear_reactions = true })
---```
---@param chat Target Where.
---@param message? MessageID The last message that was read; nil for all.
---@param options? ReadOptions What else.
---@overload fun(self: Client, chat: Target, options: ReadOptions)
function Client:mark_read(chat, message, options) end

---React to a message, in place of how this account did before.
---
---Errors: REACTION_INVALID, MESSAGE_ID_INVALID, REACTIONS_TOO_MANY
---```lua
---client:send_reaction("@friend", 12, "👍")
---```
---@param chat Target Where it is.
---@param message MessageID Which message.
---@param reaction? string|string[] Emoji, numbers of custom emojis as text, or "paid": one or a list; nil takes them away.
---@param options? ReactOptions How.
---@overload fun(self: Client, chat: Target, message: MessageID, options: ReactOptions)
function Client:send_reaction(chat, message, reaction, options) end

---Go through who has reacted to a message, the latest first.
---
---Errors: MESSAGE_ID_INVALID, BROADCAST_FORBIDDEN
---```lua
---for one in client:iter_reactions("Friends", 12) do
---  print(one.user.name, one.reaction)
---end
---```
---@param chat Target Where it is.
---@param message MessageID Which message.
---@param options? ReactionsOptions Whose.
---@return fun(): { user: Peer, reaction: string, date: integer, big: boolean, unread: boolean }?
function Client:iter_reactions(chat, message, options) end

---List who has reacted to a message, with how many there are in the field total.
---
---Errors: MESSAGE_ID_INVALID, BROADCAST_FORBIDDEN
---```lua
---print(client:get_reactions("Friends", 12, { reaction = "👍", limit = 10 }).total)
---```
---@param chat Target Where it is.
---@param message MessageID Which message.
---@param options? ReactionsOptions Whose.
---@return { user: Peer, reaction: string, date: integer, big: boolean, unread: boolean }[]
function Client:get_reactions(chat, message, options) end

---Send a poll or a quiz.
---
---Errors: POLL_ANSWERS_INVALID, POLL_OPTION_DUPLICATE, CHAT_WRITE_FORBIDDEN
---```lua
---client:send_poll("Friends", "Where to?", { "Sea", "Mountains" }, { multiple = true, anonymous = false })
---client:send_poll("Friends", "6 times 7?", { "41", "42" }, { quiz = true, correct = 2, explanation = "As ever." })
---```
---@param chat Target Where to.
---@param question string|FormattedText What to ask.
---@param answers string|FormattedText|(string|FormattedText)[] What may be answered: 2 to 12 lines.
---@param options? PollOptions How.
---@return Message
function Client:send_poll(chat, question, answers, options) end

---Vote in a poll. Returns the poll with its results.
---
---Errors: NO_POLL, NO_SUCH_ANSWER, MESSAGE_POLL_CLOSED, REVOTE_NOT_ALLOWED
---```lua
---local poll = client:vote("Friends", 12, 2)
---print(poll.answers[2].voters)
---```
---@param chat Target Where it is.
---@param message MessageID The message with the poll.
---@param answers? integer|integer[] Numbers of the answers, from 1: one or a list; nil takes the vote back.
---@return Poll
function Client:vote(chat, message, answers) end

---Close a poll of this account. Returns it with its results.
---
---Errors: NO_POLL, MESSAGE_POLL_CLOSED, MESSAGE_AUTHOR_REQUIRED
---```lua
---print(client:stop_poll("Friends", 12).voters)
---```
---@param chat Target Where it is.
---@param message MessageID The message with the poll.
---@return Poll
function Client:stop_poll(chat, message) end

---Go through who has voted for what, in a poll that isn't anonymous.
---
---Errors: NO_POLL, POLL_VOTE_REQUIRED, BROADCAST_FORBIDDEN
---```lua
---for one in client:iter_poll_votes("Friends", 12) do print(one.user.name, one.answers[1]) end
---```
---@param chat Target Where it is.
---@param message MessageID The message with the poll.
---@param options? VotesOptions Whose.
---@return fun(): { user: Peer, answers: integer[], date: integer }?
function Client:iter_poll_votes(chat, message, options) end

---List who has voted for what, in a poll that isn't anonymous.
---
---Errors: NO_POLL, POLL_VOTE_REQUIRED, BROADCAST_FORBIDDEN
---```lua
---print(client:get_poll_votes("Friends", 12, { answer = 2 }).total)
---```
---@param chat Target Where it is.
---@param message MessageID The message with the poll.
---@param options? VotesOptions Whose.
---@return { user: Peer, answers: integer[], date: integer }[]
function Client:get_poll_votes(chat, message, options) end

---Throw a die; the message's dice.value is what Telegram threw.
---
---Errors: EMOTICON_INVALID, CHAT_WRITE_FORBIDDEN
---```lua
---local thrown = client:send_dice("Friends", "🎯")
---print(thrown.dice.value)
---```
---@param chat Target Where to.
---@param emoji? string 🎲, 🎯, 🏀, ⚽, 🎳 or 🎰; 🎲 if not given.
---@param options? PlainSendOptions How.
---@return Message
---@overload fun(self: Client, chat: Target, options: PlainSendOptions): Message
function Client:send_dice(chat, emoji, options) end

---Send a contact.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---client:send_contact("@friend", "+15550100", "Ada", { last_name = "Lovelace" })
---```
---@param chat Target Where to.
---@param phone string Phone number.
---@param first_name string First name.
---@param options? ContactOptions More of it, and how.
---@return Message
function Client:send_contact(chat, phone, first_name, options) end

---Send a place, or one that moves.
---
---Errors: MEDIA_EMPTY, CHAT_WRITE_FORBIDDEN
---```lua
---client:send_location("@friend", 52.37, 4.9)
---local moving = client:send_location("@friend", 52.37, 4.9, { live = "15m" })
---```
---@param chat Target Where to.
---@param lat number Latitude in degrees: -90 to 90.
---@param long number Longitude in degrees: -180 to 180.
---@param options? LocationOptions How.
---@return Message
function Client:send_location(chat, lat, long, options) end

---Move a place that was sent as live.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_AUTHOR_REQUIRED
---```lua
---local moving = client:send_location("@friend", 52.37, 4.9, { live = "15m" })
---client:edit_location("@friend", moving, 52.38, 4.91)
---client:stop_location("@friend", moving)
---```
---@param chat Target Where it is.
---@param message MessageID The message with the place that moves.
---@param lat number Latitude in degrees.
---@param long number Longitude in degrees.
---@param options? PlaceOptions How.
---@return Message
function Client:edit_location(chat, message, lat, long, options) end

---Let a place that was sent as live move no more.
---
---Errors: MESSAGE_AUTHOR_REQUIRED
---```lua
---client:stop_location("@friend", 12)
---```
---@param chat Target Where it is.
---@param message MessageID The message with the poll.
---@return Message
function Client:stop_location(chat, message) end

---Send a place with its name and address.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---client:send_venue("@friend", 52.36, 4.88, "Rijksmuseum", "Museumstraat 1")
---```
---@param chat Target Where to.
---@param lat number Latitude in degrees.
---@param long number Longitude in degrees.
---@param title string What it is called.
---@param address string Where it is.
---@param options? VenueOptions More of it, and how.
---@return Message
function Client:send_venue(chat, lat, long, title, address, options) end

---Show this account as typing, uploading or the like while a function runs. Returns what that returns.
---
---Errors: PEER_UNKNOWN, CHAT_WRITE_FORBIDDEN
---```lua
---client:action("@friend", "typing", function()
---  tg.sleep(2)
---  client:send_message("@friend", "I have thought about it.")
---end)
---```
---@param chat Target Where.
---@param kind "typing"|"contact"|"game"|"location"|"sticker"|"record-audio"|"record-voice"|"record-round"|"record-video"|"audio"|"voice"|"song"|"round"|"video"|"photo"|"document"|"file"|"import"|"cancel" What it looks like.
---@param options? ActionOptions How.
---@param work fun() What is done meanwhile.
---@return any
---@overload fun(self: Client, chat: Target, kind: "typing"|"contact"|"game"|"location"|"sticker"|"record-audio"|"record-voice"|"record-round"|"record-video"|"audio"|"voice"|"song"|"round"|"video"|"photo"|"document"|"file"|"import"|"cancel", work: fun()): any
function Client:action(chat, kind, options, work) end

---Show this account as typing, uploading or the like for some seconds; "cancel" ends it.
---
---Errors: PEER_UNKNOWN, CHAT_WRITE_FORBIDDEN
---```lua
---client:send_action("@friend", "photo", { progress = 40 })
---```
---@param chat Target Where.
---@param kind "typing"|"contact"|"game"|"location"|"sticker"|"record-audio"|"record-voice"|"record-round"|"record-video"|"audio"|"voice"|"song"|"round"|"video"|"photo"|"document"|"file"|"import"|"cancel" What it looks like.
---@param options? SendActionOptions How.
function Client:send_action(chat, kind, options) end

---Send messages now that are for later. Returns them as they are in the chat.
---
---Errors: PEER_UNKNOWN
---```lua
---client:send_message("me", "Wake up!", { schedule = "8h" })
---for message in client:iter_messages("me", { scheduled = true }) do
---  client:send_scheduled("me", message)
---end
---```
---@param chat Target Where they wait.
---@param messages MessageID|MessageID[] Which ones: one or a list.
---@return Message[]
function Client:send_scheduled(chat, messages) end

---List who has read a message of this account in a small group, in the last days.
---
---Errors: CHAT_TOO_BIG, MSG_TOO_OLD, MESSAGE_ID_INVALID
---```lua
---for _, reader in ipairs(client:get_read_participants("Friends", 12)) do
---  print(reader.user.name, os.date("%c", reader.date))
---end
---```
---@param chat Target Where it is.
---@param message MessageID Which one.
---@return { user: Peer, date: integer }[]
function Client:get_read_participants(chat, message) end

---When the other one in a private chat has read a message of this account.
---
---Errors: MESSAGE_NOT_READ_YET, MESSAGE_TOO_OLD, YOUR_PRIVACY_RESTRICTED
---```lua
---print(os.date("%c", client:get_read_date("@friend", 12)))
---```
---@param chat Target Where it is.
---@param message MessageID Which one.
---@return integer
function Client:get_read_date(chat, message) end

---How often posts of a channel were seen and forwarded, and how many comments they have.
---
---Errors: PEER_UNKNOWN
---```lua
---local seen = client:get_message_views("@news", { 12, 13 })
---print(seen[1].views)
---```
---@param chat Target Where they are.
---@param messages MessageID|MessageID[] Which ones: one or a list.
---@param options? ViewsOptions Whether that counts.
---@return { views: integer, forwards: integer, comments: integer }[]
function Client:get_message_views(chat, messages, options) end

---Send a file, or an album. Returns the message; of an album the list of them. A picture is sent as a photo, an MP4 as a video and so on; a picture that Telegram takes for no photo goes as a file.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_CHANGED, FILE_TOO_LARGE, FILE_EMPTY, PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---client:send_file("me", "files/cat.jpg", { caption = "My **cat**" })
---client:send_file("me", { "files/a.jpg", "files/b.jpg" }, { caption = { "First", "Second" } })
---client:send_file("me", { bytes = "a,b\n1,2\n", name = "table.csv" })
---client:send_file("@friend", "files/hello.ogg", { voice_note = true })
---client:send_file("me", "files/film.mp4", { progress = function(done, total) print(done, total) end })
---```
---@param chat Target Where to.
---@param file FileSource|FileSource[] What: a file, or a list of them, which goes as albums of up to ten.
---@param options? SendFileOptions How.
---@return Message
function Client:send_file(chat, file, options) end

---Upload a file without sending it. What comes back can be sent for some hours, by send_file or in calls of client.api.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_CHANGED
---```lua
---local file = client:upload_file("files/cat.jpg")
---client:send_file("me", file, { caption = "once" })
---client:send_file("@friend", file, { caption = "twice" })
---```
---@param file FileSource What: a path, or { bytes = ..., name = ... }.
---@param options? UploadOptions How.
---@return Object
function Client:upload_file(file, options) end

---Download the file of a message. Returns the path, or the contents with bytes = true. In a folder the file gets the name that its sender gave it, made safe, and " (1)" if there is one; a path that is a file is replaced. Under the final name there is never half a file. A contact becomes a vCard.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---client:on("message", { incoming = true }, function(event)
---  if event.file then
---    local path = client:download_media(event, "downloads/")
---    print("saved as " .. path)
---  end
---end)
---```
---@param media MediaSource What: a message or its file, media as Telegram describes them, or a file id.
---@param path? string Where to: a file, which is replaced, or a folder. The folder of the script's files if not given.
---@param options? DownloadOptions How.
---@return string
---@overload fun(self: Client, media: MediaSource, options: DownloadOptions): string
function Client:download_media(media, path, options) end

---Download what Telegram keeps at a location. Returns the path, or the contents if no path is given.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---local head = client:download_file(event.file, nil, { limit = 1024 })
---```
---@param location MediaSource Where it is: an InputFileLocation of client.api, or anything that download_media takes.
---@param path? string Where to; the contents are returned if not given.
---@param options? StoredOptions What is known of it.
---@return string
---@overload fun(self: Client, location: MediaSource, options: StoredOptions): string
function Client:download_file(location, path, options) end

---Download a file piece by piece, without holding all of it: a loop gets one string after another.
---
---Errors: FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---local total = 0
---for chunk in client:iter_download(event.file, { offset = 1048576, chunk_size = 65536 }) do
---  total = total + #chunk
---end
---```
---@param media MediaSource What: a message or its file, media as Telegram describes them, a location or a file id.
---@param options? ChunkOptions Which part, and in what pieces.
---@return fun(): string?
function Client:iter_download(media, options) end

---Download the present photo of a user, group or channel. Returns the path, or the contents with bytes = true; nil if there is none.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---local path = client:download_profile_photo("@telegram", "downloads/")
---```
---@param who Target Whose: a user, group or channel.
---@param path? string Where to: a file, which is replaced, or a folder. The folder of the script's files if not given.
---@param options? PhotoOptions How.
---@return string?
---@overload fun(self: Client, who: Target, options: PhotoOptions): string?
function Client:download_profile_photo(who, path, options) end

---Make a keyboard once, to send it often. The option `buttons` of other calls takes it, and everything that this one takes.
---
---Errors: BUTTON_INVALID
---```lua
---local board = client:build_reply_markup({ { text = "Yes", data = "yes" }, { text = "No", data = "no" } })
---client:send_message("@durov", "Sure?", { buttons = board })
---```
---@param buttons Buttons One button, a row or rows of buttons.
---@param options? MarkupOptions Which kinds.
---@return ReplyMarkup
function Client:build_reply_markup(buttons, options) end

---Replace the text or the buttons of a message that was sent through this bot, inline. Buttons that aren't given are taken away.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID
---```lua
---client:on("inline_chosen", function(event)
---  if event.message then client:edit_inline_message(event.message.id, "Chosen") end
---end)
---```
---@param message InlineMessage|string Which one.
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@overload fun(self: Client, message: InlineMessage|string, options: EditOptions)
function Client:edit_inline_message(message, text, options) end

---Ask another bot for its offers, as if its name and a query were typed. Not for bots.
---
---Errors: BOT_RESPONSE_TIMEOUT, BOT_INVALID, PEER_UNKNOWN
---```lua
---local found = client:inline_query("@gif", "cats", { chat = "me" })
---found.results[1]:click()
---```
---@param bot Target Which bot.
---@param query? string What would be typed after its name.
---@param options? InlineQueryOptions Where.
---@return InlineResults
---@overload fun(self: Client, bot: Target, options: InlineQueryOptions): InlineResults
function Client:inline_query(bot, query, options) end

---Start a bot, as its deep link t.me/bot?start=param does. Returns the /start message. Not for bots.
---
---Errors: START_PARAM_INVALID, BOT_INVALID, PEER_UNKNOWN
---```lua
---client:start_bot("@sandbox_echo_bot", "invited-by-alice")
---```
---@param bot Target Which bot.
---@param param? string What its deep link says after ?start=: letters, digits, _ and -, up to 64.
---@param options? StartOptions Where.
---@return Message
---@overload fun(self: Client, bot: Target, options: StartOptions): Message
function Client:start_bot(bot, param, options) end

---Replace the commands in the menu of this bot.
---
---Errors: BOT_COMMAND_INVALID, BOT_COMMAND_DESCRIPTION_INVALID
---```lua
---client:set_bot_commands({ { "start", "Begin" }, { "help", "What this bot can do" } })
---client:set_bot_commands({ ban = "Ban somebody" }, { scope = "admins" })
---client:set_bot_commands({ { "start", "Anfangen" } }, { lang = "de" })
---```
---@param commands table<string, string>|string[][] Commands with their descriptions: { { "start", "Begin" }, ... } keeps the order, { start = "Begin" } does not.
---@param options? ScopeOptions For whom.
function Client:set_bot_commands(commands, options) end

---List the commands that were set for exactly these people and language.
---```lua
---for _, one in ipairs(client:get_bot_commands({ scope = "admins" })) do print(one.command, one.description) end
---```
---@param options? ScopeOptions For whom.
---@return { command: string, description: string }[]
function Client:get_bot_commands(options) end

---Take the commands away, so that those of a wider scope are shown.
---```lua
---client:delete_bot_commands({ lang = "de" })
---```
---@param options? ScopeOptions For whom.
function Client:delete_bot_commands(options) end

---Put the commands of this script into the menu of the bot: those that were registered with a description. Nothing is sent if the menu has them already. Returns how many there are in the menu.
---
---Errors: BOT_COMMAND_INVALID
---```lua
---client:command("start", { description = "Begin" }, function(event) event:reply("Hello!") end)
---client:command("help", { description = "What this bot can do" }, function(event) event:reply("Everything.") end)
---client:publish_commands()
---```
---@param options? PublishOptions For whom.
---@return integer
function Client:publish_commands(options) end

---Answer a command that this script doesn't have with the nearest that it has. In groups, only a command with the bot's name is answered. What resembles nothing is left to other handlers.
---```lua
---client:command("start", function(event) event:reply("Welcome!") end)
---client:suggest_commands() -- /strat: "There is no such command. Did you mean /start?"
---```
---@param options? SuggestCommandsOptions What to say.
---@return Handler
function Client:suggest_commands(options) end

---Change what this bot says of itself; what isn't given stays.
---```lua
---client:set_bot_info({ about = "Counts to ten.", description = "Send me /count." })
---```
---@param options BotInfoOptions What changes.
function Client:set_bot_info(options) end

---Tell what this bot says of itself.
---```lua
---print(client:get_bot_info().about)
---```
---@param options? GetBotInfoOptions Of which bot, in which language.
---@return { name: string, about: string, description: string }
function Client:get_bot_info(options) end

---Change the button beside the line of writing in chats with this bot.
---
---Errors: BUTTON_URL_INVALID
---```lua
---client:set_bot_menu_button("https://example.com/shop", { text = "Shop" })
---client:set_bot_menu_button("commands", { user = "@friend" })
---```
---@param button string "commands", "default" for what BotFather was told, or the https address of a mini app.
---@param options? MenuOptions For whom, and its text.
function Client:set_bot_menu_button(button, options) end

---Tell which button is beside the line of writing.
---```lua
---print(client:get_bot_menu_button().kind)
---```
---@param options? GetMenuOptions Of whom.
---@return { kind: string, text: string, url: string }
function Client:get_bot_menu_button(options) end

---Choose the rights that are suggested when somebody makes this bot an admin.
---
---Errors: RIGHTS_NOT_MODIFIED
---```lua
---client:set_bot_default_admin_rights("groups", { delete_messages = true, ban_users = true })
---```
---@param chats "groups"|"channels" In which chats.
---@param rights? AdminChoice The rights; none if not given.
function Client:set_bot_default_admin_rights(chats, rights) end

---Ask for money, in Stars or through a payment provider. The events pre_checkout and payment follow.
---
---Errors: CURRENCY_TOTAL_AMOUNT_INVALID, PAYMENT_PROVIDER_INVALID
---```lua
---client:send_invoice("@friend", "A coffee", 5, { description = "Thank you!", payload = "coffee" })
---client:send_invoice("@friend", "A shirt", { { "Shirt", 1500 }, { "Postage", 300 } }, {
---  description = "Blue", payload = "shirt:17", currency = "EUR", provider_token = tg.args.provider, need_address = true,
---})
---```
---@param chat Target Where to.
---@param title string What is sold, up to 32 characters.
---@param price integer|{ [1]: string, [2]: integer }[] A number of Stars, or a list of { label, amount } in the smallest unit of the currency, as cents.
---@param options SendInvoiceOptions What for, and how.
---@return Message
function Client:send_invoice(chat, title, price, options) end

---Make a link by which anybody can pay.
---
---Errors: CURRENCY_TOTAL_AMOUNT_INVALID
---```lua
---print(client:export_invoice("A coffee", 5, { description = "Thank you!", payload = "coffee" }))
---```
---@param title string What is sold, up to 32 characters.
---@param price integer|{ [1]: string, [2]: integer }[] A number of Stars, or a list of { label, amount } in the smallest unit of the currency.
---@param options InvoiceOptions What for.
---@return string
function Client:export_invoice(title, price, options) end

---Tell what an invoice in Stars costs. Not for bots.
---
---Errors: SLUG_INVALID
---```lua
---print(client:get_payment_form("https://t.me/$abc").price)
---```
---@param invoice Message|string The message, or the link.
---@return { title: string, description: string, price: integer, currency: string, bot: Peer }
function Client:get_payment_form(invoice) end

---Pay an invoice in Stars, if it costs no more than you say. Needs `methods: [payments.sendStarsForm]` among the script's permissions. Not for bots.
---
---Errors: PERMISSION_DENIED, PRICE, BALANCE_TOO_LOW
---```lua
---client:on("message", { from = "@shop_bot" }, function(event)
---  local form = client:get_payment_form(event)
---  if form.price <= 10 then client:pay(event, { max = 10 }) end
---end)
---```
---@param invoice Message|string The message, or the link.
---@param options PayOptions How much at most.
function Client:pay(invoice, options) end

---Give somebody back what they have paid to this bot in Stars.
---
---Errors: CHARGE_ALREADY_REFUNDED, CHARGE_ID_INVALID
---```lua
---client:refund_stars("@friend", "stxABC")
---```
---@param user Target Who has paid.
---@param charge_id string The charge_id of the event payment.
function Client:refund_stars(user, charge_id) end

---How many Stars the account has.
---```lua
---print(client:get_stars_balance())
---```
---@return number
function Client:get_stars_balance() end

---Go through what the account has received and paid in Stars: id, amount (less than 0 for what was paid), date, peer, title, description, payload, refund.
---```lua
---for one in client:iter_stars_transactions() do print(one.date, one.amount) end
---```
---@param limit? integer How many at most; all if not given.
---@param options? TransactionOptions Which.
---@return fun(): StarsTransaction?
---@overload fun(self: Client, options: TransactionOptions): fun(): StarsTransaction?
function Client:iter_stars_transactions(limit, options) end

---List what the account has received and paid in Stars, as iter_stars_transactions gives it.
---```lua
---print(client:get_stars_transactions(10).total)
---```
---@param limit? integer How many at most; all if not given.
---@param options? TransactionOptions Which.
---@return StarsTransaction[]
---@overload fun(self: Client, options: TransactionOptions): StarsTransaction[]
function Client:get_stars_transactions(limit, options) end

---Send a game of this bot. A press of its button is the event callback with the field game; answer it with the game's address as url.
---
---Errors: GAME_BOT_INVALID, CHAT_WRITE_FORBIDDEN
---```lua
---client:send_game("@friend", "chess")
---client:on("callback", { func = function(event) return event.game == "chess" end }, function(event)
---  event:answer("", { url = "https://example.com/chess?player=" .. event.sender_id })
---end)
---```
---@param chat Target Where to.
---@param short_name string Short name of a game of this bot, from BotFather.
---@param options? PlainSendOptions How.
---@return Message
function Client:send_game(chat, short_name, options) end

---Set a player's score.
---
---Errors: BOT_SCORE_NOT_MODIFIED, MESSAGE_ID_INVALID
---```lua
---local message = client:send_game("@friend", "chess")
---client:set_game_score(message, "@friend", 42)
---```
---@param game Message|CallbackEvent|InlineMessage|string The message of the game, or a pressed button of it.
---@param user Target The player.
---@param score integer The score, from 0.
---@param options? ScoreOptions How.
function Client:set_game_score(game, user, score, options) end

---List the scores of a player and of those around.
---```lua
---local message = client:send_game("@friend", "chess")
---for _, one in ipairs(client:get_game_high_scores(message, "@friend")) do
---  print(one.position, one.user.name, one.score)
---end
---```
---@param game Message|CallbackEvent|InlineMessage|string The message of the game, or a pressed button of it.
---@param user Target The player; those around are listed, too.
---@return { position: integer, user: Peer, score: integer }[]
function Client:get_game_high_scores(game, user) end

---Get the address at which a mini app opens for this account. It proves to the app who you are, so that nobody else should see it. Not for bots.
---
---Errors: BOT_INVALID, URL_INVALID
---```lua
---local address = client:request_web_view("@shop_bot", "https://example.com/shop")
---```
---@param bot Target Which bot.
---@param url? string Address of the mini app, as a button has it; the bot's main one if not given.
---@param options? WebViewOptions Where, and how.
---@return string
---@overload fun(self: Client, bot: Target, options: WebViewOptions): string
function Client:request_web_view(bot, url, options) end

---Send a message for the person who uses a mini app of this bot. Returns the message, to be edited; nil for one without buttons.
---
---Errors: QUERY_ID_INVALID
---```lua
---client:answer_web_app_query("AAF0...", { title = "Order", text = "Order **17** is on its way." })
---```
---@param query_id string The query_id that the mini app was given.
---@param offer (InlineOffer|OfferTable)[] What is sent: an offer as for inline queries.
---@return InlineMessage
function Client:answer_web_app_query(query_id, offer) end

---Talk with somebody: send, wait for answers, and so on, from top to bottom. The messages of the other side come to the conversation and not to handlers; what it hasn't asked for when it ends goes to them. Returns what the function returns.
---
---Errors: CONVERSATION_BUSY, TIMEOUT, CANCELLED, TOO_MANY_MESSAGES, PEER_UNKNOWN
---```lua
---client:command("order", function(event)
---  client:conversation(event, { timeout = "5m" }, function(conv)
---    conv:send_message("What do you want?")
---    local what = conv:get_response()
---    local many = conv:ask("How many?", { check = function(answer) return tonumber(answer.raw_text), "A number, please." end })
---    conv:send_message(many.raw_text .. " of " .. what.raw_text .. " are on the way.")
---  end)
---end)
---```
---@param chat Target Where, or a message: then with its author.
---@param options? TalkOptions With whom, how long, and how.
---@param fn fun(conv: Conversation): any Holds the conversation, which ends with it.
---@return any
---@overload fun(self: Client, chat: Target, fn: fun(conv: Conversation): any): any
function Client:conversation(chat, options, fn) end

---Ask Telegram about a user, group or channel, or about many: 200 users take one request.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---local news = client:get_entity("@telegram")
---print(news.title, news.participants_count)
---for _, user in ipairs(client:get_entity({ "@durov", "@telegram" })) do print(user.name) end
---```
---@param who Target|Target[] Who or what: one, or a list for a list.
---@return Peer
function Client:get_entity(who) end

---Find out who is meant, asking Telegram only if nobody knows yet. What is known besides the id may be little or old: see get_entity.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---print(client:resolve("https://t.me/durov").id)
---```
---@param who Target Who or what.
---@return Peer
function Client:resolve(who) end

---The marked id of who is meant: user n, group -n, supergroup or channel -100n.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---print(client:get_peer_id("@telegram"))
---```
---@param who Target Who or what.
---@return integer
function Client:get_peer_id(who) end

---How Telegram is told who is meant, for calls of client.api.
---
---Errors: PEER_UNKNOWN, FLOOD_WAIT
---```lua
---print(client:get_input_entity("@telegram")._)
---```
---@param who Target Who or what.
---@return Object
function Client:get_input_entity(who) end

---Ask for all that Telegram tells of a user, group or channel.
---
---Errors: PEER_UNKNOWN, CHANNEL_PRIVATE, FLOOD_WAIT
---```lua
---print(client:get_full("@telegram").about)
---```
---@param who Target Who or what.
---@return FullPeer
function Client:get_full(who) end

---Go through the members of a group or channel. Each is a Peer with the field participant.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND, PEER_UNKNOWN
---```lua
---for user in client:iter_participants("@my_group", { filter = "admins" }) do
---  print(user.name, user.participant.rank)
---end
---```
---@param chat Target Of which chat.
---@param options? ParticipantOptions Which ones.
---@return fun(): Peer?
function Client:iter_participants(chat, options) end

---List the members of a group or channel. The field total says how many there are in all.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---local members = client:get_participants("Friends")
---print(#members, members.total, members[1].participant.date)
---print(client:get_participants("@telegram", { limit = 0 }).total) -- only counted
---```
---@param chat Target Of which chat.
---@param options? ParticipantOptions Which ones.
---@return Peer[]
function Client:get_participants(chat, options) end

---Ask about one member of a group or channel.
---
---Errors: USER_NOT_PARTICIPANT, CHAT_KIND
---```lua
---print(client:get_participant("Friends", "me").role)
---```
---@param chat Target Of which chat.
---@param user Target Who.
---@return Participant
function Client:get_participant(chat, user) end

---Ask what somebody may do in a group or channel.
---
---Errors: USER_NOT_PARTICIPANT, CHAT_KIND
---```lua
---if client:get_permissions("Friends", "me").is_admin then print("I am an admin") end
---print(client:get_permissions("Friends").send_media) -- of all members
---```
---@param chat Target In which chat.
---@param user? Target Who; nil asks what all members may do.
---@return Permissions
function Client:get_permissions(chat, user) end

---Make somebody an admin, change what they may do, or end it.
---
---Errors: CHAT_ADMIN_REQUIRED, RIGHT_FORBIDDEN, USER_NOT_PARTICIPANT, CHAT_KIND
---```lua
---client:edit_admin("@my_group", "@durov", { is_admin = true, ban_users = false, title = "Boss" })
---client:edit_admin("@my_group", "@durov", { is_admin = false }) -- no admin any more
---```
---@param chat Target In which chat.
---@param user Target Who.
---@param options EditAdminOptions What they may do.
function Client:edit_admin(chat, user, options) end

---Take rights from a member of a supergroup, or give them back; without a user, from or to all members.
---
---Errors: CHAT_ADMIN_REQUIRED, USER_ADMIN_INVALID, CHAT_KIND
---```lua
---client:edit_permissions("@my_group", "@durov", { send_messages = false, until_date = "1h" })
---client:edit_permissions("@my_group", "@durov") -- may do everything again
---client:edit_permissions("@my_group", nil, { send_media = false, send_polls = false }) -- all members
---```
---@param chat Target In which chat.
---@param user? Target Who; nil changes what all members may do.
---@param options? RestrictOptions False takes a right away; rights that are left out are given.
---@overload fun(self: Client, chat: Target, options: RestrictOptions)
function Client:edit_permissions(chat, user, options) end

---Throw somebody out of a group or channel and keep them out. Returns Telegram's message about it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED, USER_ADMIN_INVALID
---```lua
---client:ban_participant("@my_group", "@spammer", { revoke = true })
---```
---@param chat Target From which chat.
---@param user Target Who.
---@param options? BanOptions For how long.
---@return Message
function Client:ban_participant(chat, user, options) end

---Let somebody come back, and lift whatever they were restricted in.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---client:unban_participant("@my_group", "@durov")
---```
---@param chat Target Of which chat.
---@param user Target Who.
function Client:unban_participant(chat, user) end

---Throw somebody out, who may come back; "me" leaves. Returns Telegram's message about it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED, USER_NOT_PARTICIPANT, USER_ADMIN_INVALID
---```lua
---client:kick_participant("@my_group", "@durov")
---```
---@param chat Target Of which chat.
---@param user Target Who.
---@return Message
function Client:kick_participant(chat, user) end

---Delete all that somebody wrote in a supergroup. Returns how many messages these were.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---client:delete_participant_history("@my_group", "@spammer")
---```
---@param chat Target Of which chat.
---@param user Target Who.
---@return integer
function Client:delete_participant_history(chat, user) end

---Go through what was done in a supergroup or channel during the last 48 hours, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---for event in client:iter_admin_log("@my_group", { delete = true, edit = true }) do
---  print(event.user.name, event.kind, event.old and event.old.text)
---end
---```
---@param chat Target Of which supergroup or channel.
---@param options? AdminLogOptions Which entries.
---@return fun(): AdminLogEvent?
function Client:iter_admin_log(chat, options) end

---List what was done in a supergroup or channel during the last 48 hours, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---local events = client:get_admin_log("@my_group", { limit = 10, admins = { "@durov" } })
---print(events[1].kind, events[1].old, events[1].new)
---```
---@param chat Target Of which supergroup or channel.
---@param options? AdminLogOptions Which entries.
---@return AdminLogEvent[]
function Client:get_admin_log(chat, options) end

---Go through the photos of a user or chat, the one that is shown first.
---
---Errors: PEER_UNKNOWN
---```lua
---for photo in client:iter_profile_photos("@durov", { limit = 3 }) do
---  print(photo.width, photo.height)
---end
---```
---@param who Target Of which user or chat.
---@param options? ProfilePhotosOptions Which ones.
---@return fun(): File?
function Client:iter_profile_photos(who, options) end

---List the photos of a user or chat, the one that is shown first.
---
---Errors: PEER_UNKNOWN
---```lua
---local photos = client:get_profile_photos("@durov")
---print(photos.total, photos[1].size)
---```
---@param who Target Of which user or chat.
---@param options? ProfilePhotosOptions Which ones.
---@return File[]
function Client:get_profile_photos(who, options) end

---Change the photo of this account.
---
---Errors: PERMISSION_DENIED, PHOTO_CROP_SIZE_SMALL, IMAGE_PROCESS_FAILED
---```lua
---client:set_profile_photo("files/me.jpg")
---client:set_profile_photo(client:get_profile_photos("me")[2]) -- the one before
---```
---@param file? FileSource The picture; nil shows none.
---@param options? SetPhotoOptions How.
---@return File
---@overload fun(self: Client, options: SetPhotoOptions): File
function Client:set_profile_photo(file, options) end

---Delete photos of this account. Returns how many Telegram deleted.
---```lua
---client:delete_profile_photos(client:get_profile_photos("me", { offset = 1 })) -- all but the present one
---```
---@param photos File|File[] Which ones: one or a list.
---@return integer
function Client:delete_profile_photos(photos) end

---Change the photo of a group or channel. Returns Telegram's message about it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED, PERMISSION_DENIED
---```lua
---client:edit_photo("@my_group", "files/mountain.jpg")
---client:edit_photo("@my_group") -- none
---```
---@param chat Target Which group or channel.
---@param file? FileSource The picture; nil shows none.
---@return Message
function Client:edit_photo(chat, file) end

---Make a basic group. Returns a table: chat is the group, missing the list of those who could not be added.
---
---Errors: USERS_TOO_FEW, CHAT_TITLE_EMPTY
---```lua
---local group = client:create_group("Hiking", { "@durov" }).chat
---client:send_message(group, "Where to?")
---```
---@param title string Its title.
---@param users Target|Target[] Whom to add: one or a list.
---@param options? CreateGroupOptions How.
---@return { chat: Peer, missing: MissingInvitee[] }
function Client:create_group(title, users, options) end

---Make a channel or supergroup.
---
---Errors: CHANNELS_TOO_MUCH, USER_RESTRICTED, CHAT_TITLE_EMPTY
---```lua
---local news = client:create_channel("My news", { about = "What is new" })
---local forum = client:create_channel("My forum", { kind = "forum" })
---```
---@param title string Its title.
---@param options? CreateChannelOptions What it is.
---@return Peer
function Client:create_channel(title, options) end

---Delete a group or channel for everybody. Only its creator can.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---client:delete_chat("My old news")
---```
---@param chat Target Which one.
function Client:delete_chat(chat) end

---Make a supergroup of a basic group and return it. One that was upgraded before is returned as it is.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---local supergroup = client:upgrade_group("Hiking")
---client:edit_chat(supergroup, { forum = true })
---```
---@param chat Target Which one.
---@return Peer
function Client:upgrade_group(chat) end

---Make a group of a supergroup in which only admins write, and which has no limit of members. It can't be undone.
---
---Errors: CHAT_ADMIN_REQUIRED, PARTICIPANTS_TOO_FEW, CHAT_KIND
---```lua
---client:make_gigagroup("@my_group")
---```
---@param chat Target Which one.
function Client:make_gigagroup(chat) end

---Give a supergroup or channel of this account to another member, for good. The script needs the permission for the method messages.editChatCreator.
---
---Errors: PERMISSION_DENIED, PASSWORD_HASH_INVALID, PASSWORD_MISSING, PASSWORD_TOO_FRESH, SESSION_TOO_FRESH
---```lua
---client:transfer_chat("@my_group", "@durov", tg.args.password)
---```
---@param chat Target Which one.
---@param user Target To whom; it must be a member.
---@param password string Password of two-step verification of this account.
function Client:transfer_chat(chat, user, password) end

---Join a public chat by its name, or a private one by an invite link. Where admins decide, they are asked.
---
---Errors: INVITE_HASH_INVALID, INVITE_HASH_EXPIRED, CHANNELS_TOO_MUCH, USER_BANNED_IN_CHANNEL, CHAT_KIND
---```lua
---client:join_chat("@telegram")
---local result = client:join_chat("https://t.me/+AbCdEfGhIjK")
---if result.requested then print("an admin has to let me in") end
---```
---@param chat Target Which one.
---@return JoinResult
function Client:join_chat(chat) end

---Leave a group or channel. Returns Telegram's message about it, if there is one.
---
---Errors: USER_NOT_PARTICIPANT, USER_CREATOR, CHAT_KIND
---```lua
---client:leave_chat("Friends")
---```
---@param chat Target Which one.
---@return Message
function Client:leave_chat(chat) end

---Add users to a group or channel. Returns the list of those who could not be added: most often it is empty.
---
---Errors: CHAT_ADMIN_REQUIRED, USER_PRIVACY_RESTRICTED, USERS_TOO_MUCH, PEER_FLOOD
---```lua
---for _, missing in ipairs(client:invite_to_chat("@my_group", { "@durov", "@telegram" })) do
---  print(missing.user.name .. " doesn't want to be added")
---end
---```
---@param chat Target To which chat.
---@param users Target|Target[] Whom: one or a list.
---@param options? InviteOptions How.
---@return MissingInvitee[]
function Client:invite_to_chat(chat, users, options) end

---Make an invite link, beside those that there are.
---
---Errors: CHAT_ADMIN_REQUIRED, USAGE_LIMIT_INVALID, EXPIRE_DATE_INVALID
---```lua
---local link = client:create_invite_link("@my_group", { title = "for friends", expire_date = "7d", limit = 10 })
---print(link.link)
---```
---@param chat Target Where it leads to.
---@param options? CreateLinkOptions What it allows.
---@return InviteLink
function Client:create_invite_link(chat, options) end

---Replace the permanent invite link that this account has in a chat. The old one leads nowhere any more.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---print(client:export_invite_link("@my_group").link)
---```
---@param chat Target Which one.
---@return InviteLink
function Client:export_invite_link(chat) end

---Change an invite link. What is left out stays as it is.
---
---Errors: INVITE_HASH_EXPIRED, CHAT_ADMIN_REQUIRED
---```lua
---local link = client:create_invite_link("@my_group")
---client:edit_invite_link("@my_group", link, { limit = 5 })
---```
---@param chat Target Where it leads to.
---@param link Link Which one.
---@param options EditLinkOptions What changes.
---@return InviteLink
function Client:edit_invite_link(chat, link, options) end

---End an invite link. If it was the permanent one, the new one is returned.
---
---Errors: INVITE_HASH_EXPIRED, INVITE_REVOKED_MISSING
---```lua
---client:revoke_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK")
---```
---@param chat Target Where it leads to.
---@param link Link Which one.
---@return InviteLink
function Client:revoke_invite_link(chat, link) end

---Forget a revoked invite link.
---
---Errors: INVITE_REVOKED_MISSING, INVITE_HASH_EXPIRED
---```lua
---client:delete_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK")
---```
---@param chat Target Where it leads to.
---@param link Link Which one.
function Client:delete_invite_link(chat, link) end

---Forget all revoked invite links of an admin.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---client:delete_revoked_invite_links("@my_group")
---```
---@param chat Target Of which chat.
---@param admin? Target Whose links. Default: those of this account.
function Client:delete_revoked_invite_links(chat, admin) end

---Ask about one invite link of a chat.
---
---Errors: INVITE_HASH_EXPIRED, CHAT_ADMIN_REQUIRED
---```lua
---print(client:get_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK").usage)
---```
---@param chat Target Where it leads to.
---@param link Link Which one.
---@return InviteLink
function Client:get_invite_link(chat, link) end

---Go through the invite links of a chat, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---for link in client:iter_invite_links("@my_group") do
---  print(link.link, link.usage)
---end
---```
---@param chat Target Of which chat.
---@param options? LinksOptions Which ones.
---@return fun(): InviteLink?
function Client:iter_invite_links(chat, options) end

---List the invite links of a chat, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---print(#client:get_invite_links("@my_group", { revoked = true }))
---```
---@param chat Target Of which chat.
---@param options? LinksOptions Which ones.
---@return InviteLink[]
function Client:get_invite_links(chat, options) end

---Go through those who have joined by an invite link, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED, INVITE_HASH_EXPIRED
---```lua
---for joiner in client:iter_joiners("@my_group", { link = "https://t.me/+AbCdEfGhIjK" }) do
---  print(joiner.user.name, joiner.date)
---end
---```
---@param chat Target Of which chat.
---@param options? JoinersOptions Which ones.
---@return fun(): Joiner?
function Client:iter_joiners(chat, options) end

---List those who have joined by an invite link, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---print(client:get_joiners("@my_group", { limit = 1 }).total)
---```
---@param chat Target Of which chat.
---@param options? JoinersOptions Which ones.
---@return Joiner[]
function Client:get_joiners(chat, options) end

---Go through those who ask to be let in, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---for joiner in client:iter_join_requests("@my_group") do
---  print(joiner.user.name, joiner.about)
---  joiner:approve()
---end
---```
---@param chat Target Of which chat.
---@param options? RequestsOptions Which ones.
---@return fun(): Joiner?
function Client:iter_join_requests(chat, options) end

---List those who ask to be let in, the newest first. Admins only.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---print(client:get_join_requests("@my_group").total .. " people wait")
---```
---@param chat Target Of which chat.
---@param options? RequestsOptions Which ones.
---@return Joiner[]
function Client:get_join_requests(chat, options) end

---Let somebody in who has asked, or all of them.
---
---Errors: CHAT_ADMIN_REQUIRED, HIDE_REQUESTER_MISSING, USER_ALREADY_PARTICIPANT
---```lua
---client:approve_join_request("@my_group", "@durov")
---client:approve_join_request("@my_group") -- all
---```
---@param chat Target Of which chat.
---@param user? Target Whom; nil answers all at once.
---@param options? AnswerRequestOptions Which ones.
---@overload fun(self: Client, chat: Target, options: AnswerRequestOptions)
function Client:approve_join_request(chat, user, options) end

---Turn somebody away who has asked to be let in, or all of them.
---
---Errors: CHAT_ADMIN_REQUIRED, HIDE_REQUESTER_MISSING
---```lua
---client:decline_join_request("@my_group", nil, { link = "https://t.me/+AbCdEfGhIjK" })
---```
---@param chat Target Of which chat.
---@param user? Target Whom; nil answers all at once.
---@param options? AnswerRequestOptions Which ones.
---@overload fun(self: Client, chat: Target, options: AnswerRequestOptions)
function Client:decline_join_request(chat, user, options) end

---Ask what an invite link leads to, without joining.
---
---Errors: INVITE_HASH_INVALID, INVITE_HASH_EXPIRED
---```lua
---local invitation = client:check_invite("https://t.me/+AbCdEfGhIjK")
---print(invitation.title, invitation.participants_count)
---```
---@param link Link The link, or what stands at its end.
---@return Invitation
function Client:check_invite(link) end

---Change the title of a group or channel. Returns Telegram's message about it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_TITLE_EMPTY
---```lua
---client:edit_title("@my_group", "My better group")
---```
---@param chat Target Which one.
---@param title string The new title.
---@return Message
function Client:edit_title(chat, title) end

---Change the description of a group or channel.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_ABOUT_TOO_LONG
---```lua
---client:edit_about("@my_group", "We talk about hiking.")
---```
---@param chat Target Which one.
---@param about string The new description.
function Client:edit_about(chat, about) end

---Change the public name of a supergroup or channel.
---
---Errors: USERNAME_OCCUPIED, USERNAME_INVALID, CHANNELS_ADMIN_PUBLIC_TOO_MUCH, CHAT_KIND
---```lua
---client:edit_username("My news", "my_news")
---client:edit_username("@my_news") -- private again
---```
---@param chat Target Which one.
---@param username? string The new public name without the @; nil makes the chat private.
function Client:edit_username(chat, username) end

---Change settings of a group or channel, one after another. Those that are so already are no error.
---
---Errors: CHAT_ADMIN_REQUIRED, SECONDS_INVALID, CHAT_KIND
---```lua
---client:edit_chat("@my_group", { slow_mode = "30s", join_request = true, protected = true })
---client:edit_chat("@my_news", { signatures = true, ttl = "30d" })
---```
---@param chat Target Which one.
---@param options EditChatOptions What changes.
function Client:edit_chat(chat, options) end

---Link a channel with the supergroup in which its posts are discussed.
---
---Errors: CHAT_ADMIN_REQUIRED, MEGAGROUP_PREHISTORY_HIDDEN, MEGAGROUP_ID_INVALID
---```lua
---client:set_discussion_group("@my_news", "@my_group")
---```
---@param channel Target Which channel.
---@param group? Target Which supergroup; nil parts them.
function Client:set_discussion_group(channel, group) end

---Set the sticker set of a supergroup.
---
---Errors: CHAT_ADMIN_REQUIRED, PARTICIPANTS_TOO_FEW, STICKERSET_INVALID
---```lua
---client:set_sticker_set("@my_group", "HotCherry")
---```
---@param chat Target Which supergroup.
---@param name? string What stands at the end of t.me/addstickers; nil takes it away.
function Client:set_sticker_set(chat, name) end

---Say how members of a group or channel may react.
---
---Errors: CHAT_ADMIN_REQUIRED, REACTION_INVALID
---```lua
---client:set_available_reactions("@my_group", { "👍", "👎" })
---client:set_available_reactions("@my_news", "none")
---```
---@param chat Target Which one.
---@param reactions ReactionChoice Which reactions are allowed.
---@param options? ChatReactionsOptions How.
function Client:set_available_reactions(chat, reactions, options) end

---Say where a supergroup is at home. It must have been made with a place.
---
---Errors: CHAT_ADMIN_REQUIRED, MEGAGROUP_REQUIRED, CHAT_KIND
---```lua
---client:set_location("@my_group", 52.52, 13.405, "Berlin, Alexanderplatz")
---```
---@param chat Target Which supergroup.
---@param lat number Degrees north.
---@param long number Degrees east.
---@param address string As people write it.
function Client:set_location(chat, lat, long, address) end

---Ask for the statistics of a channel, a supergroup or a message, which its admins may see. Graphs are JSON, as https://core.telegram.org/api/stats describes it.
---
---Errors: CHAT_ADMIN_REQUIRED, STATS_UNAVAILABLE, CHAT_KIND
---```lua
---local stats = client:get_stats("@my_news", nil, { graphs = false })
---print(stats.followers.current, stats.followers.previous)
---```
---@param chat Target Of which channel or supergroup.
---@param message? MessageID Of which message; nil for the whole chat.
---@param options? StatsOptions How.
---@return Object
---@overload fun(self: Client, chat: Target, options: StatsOptions): Object
function Client:get_stats(chat, message, options) end

---Make a topic in a forum.
---
---Errors: CHANNEL_FORUM_MISSING, CHAT_ADMIN_REQUIRED
---```lua
---local topic = client:create_topic("@my_forum", "Hiking", { icon_color = 0x8EEE98 })
---print(topic.id)
---```
---@param chat Target In which forum.
---@param title string Its title.
---@param options? CreateTopicOptions How it looks.
---@return Topic
function Client:create_topic(chat, title, options) end

---Change a topic: its title, its icon, whether it is closed or hidden.
---
---Errors: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED
---```lua
---client:edit_topic("@my_forum", 12, { title = "Hiking 2026", closed = true })
---```
---@param chat Target In which forum.
---@param topic TopicID Which one.
---@param options TopicChange What changes.
function Client:edit_topic(chat, topic, options) end

---Delete a topic with all its messages. Returns how many these were.
---
---Errors: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED
---```lua
---client:delete_topic("@my_forum", 12)
---```
---@param chat Target In which forum.
---@param topic TopicID Which one.
---@return integer
function Client:delete_topic(chat, topic) end

---Put a topic above the others, or take it from there.
---
---Errors: TOPIC_ID_INVALID, PINNED_TOO_MUCH, CHAT_ADMIN_REQUIRED
---```lua
---client:pin_topic("@my_forum", 12)
---client:pin_topic("@my_forum", 12, { unpin = true })
---```
---@param chat Target In which forum.
---@param topic TopicID Which one.
---@param options? PinTopicOptions How.
function Client:pin_topic(chat, topic, options) end

---Put the pinned topics of a forum into an order.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---client:reorder_topics("@my_forum", { 14, 12 })
---```
---@param chat Target In which forum.
---@param topics TopicID|TopicID[] The pinned topics as they are to stand; others are unpinned.
function Client:reorder_topics(chat, topics) end

---Go through the topics of a forum: the pinned ones, then those in which was written last.
---
---Errors: CHANNEL_FORUM_MISSING
---```lua
---for topic in client:iter_topics("@my_forum") do
---  print(topic.id, topic.title, topic.unread_count)
---end
---```
---@param chat Target Of which forum.
---@param options? TopicsOptions Which ones.
---@return fun(): Topic?
function Client:iter_topics(chat, options) end

---List the topics of a forum: the pinned ones, then those in which was written last.
---
---Errors: CHANNEL_FORUM_MISSING
---```lua
---print(client:get_topics("@my_forum", { search = "hiking" })[1].title)
---```
---@param chat Target Of which forum.
---@param options? TopicsOptions Which ones.
---@return Topic[]
function Client:get_topics(chat, options) end

---Go through the account's chats, the one with the newest message first. Bots have no list.
---
---Errors: BOT_METHOD_INVALID
---```lua
---for dialog in client:iter_dialogs({ archived = false }) do
---  print(dialog.name, dialog.unread_count, dialog.message and dialog.message.text)
---end
---```
---@param options? DialogOptions Which ones.
---@return fun(): Dialog?
function Client:iter_dialogs(options) end

---List the account's chats, the one with the newest message first.
---
---Errors: BOT_METHOD_INVALID
---```lua
---local dialogs = client:get_dialogs({ limit = 20 })
---print("the newest 20 of " .. dialogs.total)
---```
---@param options? DialogOptions Which ones.
---@return Dialog[]
function Client:get_dialogs(options) end

---How one chat stands in the account's list.
---
---Errors: PEER_UNKNOWN
---```lua
---print(client:get_dialog("@friend").unread_count)
---```
---@param chat Target Which one.
---@return Dialog
function Client:get_dialog(chat) end

---Take a chat out of the list: a group or channel is left, of other chats the messages are deleted.
---
---Errors: PEER_UNKNOWN, USER_CREATOR
---```lua
---client:delete_dialog("@friend", { revoke = true })
---```
---@param chat Target Which one.
---@param options? RevokeOptions For whom.
function Client:delete_dialog(chat, options) end

---Move chats into the archive, or out of it.
---
---Errors: PEER_UNKNOWN
---```lua
---client:edit_folder({ "@news", "@friend" }, 1)
---client:edit_folder("@friend", 0)
---```
---@param chats Target|Target[] Which chats: one or a list.
---@param folder integer 1 is the archive, 0 is out of it.
function Client:edit_folder(chats, folder) end

---Keep a chat at the top of the list, or no longer.
---
---Errors: PEER_UNKNOWN, PINNED_DIALOGS_TOO_MUCH
---```lua
---client:pin_dialog("@friend")
---client:pin_dialog("@news", false)
---```
---@param chat Target Which one.
---@param on? boolean false takes it back; true if not given.
function Client:pin_dialog(chat, on) end

---Put the pinned chats into an order.
---
---Errors: PEER_UNKNOWN
---```lua
---client:reorder_pinned_dialogs({ "@friend", "@news" })
---```
---@param chats Target|Target[] The chats in their new order.
---@param options? ReorderOptions Where.
function Client:reorder_pinned_dialogs(chats, options) end

---Mark a chat as unread, or take the mark away.
---
---Errors: PEER_UNKNOWN
---```lua
---client:mark_unread("@friend")
---```
---@param chat Target Which one.
---@param on? boolean false takes it back; true if not given.
function Client:mark_unread(chat, on) end

---Go through what was begun to be written.
---```lua
---for draft in client:iter_drafts() do print(draft.entity.name, draft.text) end
---```
---@param chats? Target|Target[] Of these chats, also those without a draft; all drafts if not given.
---@return fun(): Draft?
function Client:iter_drafts(chats) end

---List what was begun to be written.
---
---Errors: PEER_UNKNOWN
---```lua
---print(#client:get_drafts() .. " messages are unfinished")
---print(client:get_drafts("@friend")[1].is_empty)
---```
---@param chats? Target|Target[] Of these chats, also those without a draft; all drafts if not given.
---@return Draft[]
function Client:get_drafts(chats) end

---Replace the draft of a chat.
---
---Errors: PEER_UNKNOWN
---```lua
---client:save_draft("@friend", "Dear friend, **", { parse_mode = "none" })
---```
---@param chat Target Where.
---@param text string|FormattedText What it says; nothing takes it away.
---@param options? DraftOptions How it is read.
function Client:save_draft(chat, text, options) end

---List the folders that the account has made, in their order.
---```lua
---for _, folder in ipairs(client:get_folders()) do print(folder.title, #folder.include) end
---```
---@return Folder[]
function Client:get_folders() end

---Make a folder.
---
---Errors: FILTER_INCLUDE_EMPTY, PEER_UNKNOWN
---```lua
---local work = client:create_folder("Work", { groups = true, exclude_muted = true, include = { "@boss" } })
---print(work.id)
---```
---@param title string Its name: 12 letters at most.
---@param options FolderOptions What is in it.
---@return Folder
function Client:create_folder(title, options) end

---Delete a folder. Its chats stay.
---
---Errors: FILTER_ID_INVALID
---```lua
---client:delete_folder(client:get_folders()[1])
---```
---@param folder integer|Folder Which one: its number, or the folder itself.
function Client:delete_folder(folder) end

---Put the folders into an order.
---```lua
---local folders = client:get_folders()
---client:reorder_folders({ folders[2], folders[1] })
---```
---@param folders (integer|Folder)[] Folders or their numbers, in their new order; 0 stands for the list of all chats.
function Client:reorder_folders(folders) end

---Keep a chat quiet.
---
---Errors: PEER_UNKNOWN
---```lua
---client:mute_chat("@noisy_group", "8h")
---client:mute_chat("@noisy_group")
---```
---@param chat Target Which one.
---@param until_date? Until How long, or until when; for good if not given.
function Client:mute_chat(chat, until_date) end

---Let a chat be heard again.
---
---Errors: PEER_UNKNOWN
---```lua
---client:unmute_chat("@friend")
---```
---@param chat Target Which one.
function Client:unmute_chat(chat) end

---How a chat, or all chats of a kind, make themselves heard. What is nil is as for all chats of the kind.
---
---Errors: PEER_UNKNOWN
---```lua
---print(client:get_notify_settings({ chat = "@friend" }).silent)
---print(client:get_notify_settings({ scope = "groups" }).muted_until)
---```
---@param options NotifyPlace Of what.
---@return { show_previews?: boolean, silent?: boolean, muted_until?: integer }
function Client:get_notify_settings(options) end

---Change how a chat, or all chats of a kind, make themselves heard.
---
---Errors: PEER_UNKNOWN
---```lua
---client:set_notify_settings({ scope = "groups", muted_until = "12h" })
---client:set_notify_settings({ chat = "@friend", silent = true })
---```
---@param options NotifyOptions Of what, and how; what isn't given stays.
function Client:set_notify_settings(options) end

---List the account's contacts.
---```lua
---for _, person in ipairs(client:get_contacts()) do print(person.name, person.phone) end
---```
---@return Peer[]
function Client:get_contacts() end

---Save somebody whom the account has met as a contact, or give a contact another name.
---
---Errors: PEER_UNKNOWN, CONTACT_NAME_EMPTY, FLOOD_WAIT
---```lua
---client:add_contact("@friend", { first_name = "My friend" })
---```
---@param who Target Who.
---@param options? SavedContactOptions How they are called.
---@return Peer
function Client:add_contact(who, options) end

---Save somebody as a contact by their number. Returns nothing if nobody can be found by it.
---
---Errors: FLOOD_WAIT
---```lua
---local person = client:import_contact("+49 170 0000000", { first_name = "Friend" })
---if person then client:send_message(person, "Is that you?") end
---```
---@param phone string Their number, in international form.
---@param options? ImportOptions How they are called.
---@return Peer
function Client:import_contact(phone, options) end

---Take people out of the contacts.
---
---Errors: PEER_UNKNOWN
---```lua
---client:delete_contacts({ "@friend", 1002 })
---```
---@param who Target|Target[] Who: one or a list.
function Client:delete_contacts(who) end

---Look for people and chats by name: `own` among those of the account, `public` among all others that have a public name.
---
---Errors: QUERY_TOO_SHORT, FLOOD_WAIT
---```lua
---for _, chat in ipairs(client:search_contacts("telegram").public) do print(chat.name, chat.username) end
---```
---@param query string Part of a name: 3 letters at least.
---@param options? SearchContactsOptions How many.
---@return { own: Peer[], public: Peer[] }
function Client:search_contacts(query, options) end

---Keep somebody from writing to the account.
---
---Errors: PEER_UNKNOWN
---```lua
---client:block("@spammer")
---```
---@param who Target Who.
function Client:block(who) end

---Let somebody write again.
---
---Errors: PEER_UNKNOWN
---```lua
---client:unblock("@friend")
---```
---@param who Target Who.
function Client:unblock(who) end

---Go through those whom the account has blocked.
---```lua
---for person in client:iter_blocked() do print(person.name) end
---```
---@param options? BlockedOptions How many.
---@return fun(): Peer?
function Client:iter_blocked(options) end

---List those whom the account has blocked.
---```lua
---print(client:get_blocked({ limit = 1 }).total)
---```
---@param options? BlockedOptions How many.
---@return Peer[]
function Client:get_blocked(options) end

---Change what others see of the account.
---
---Errors: FIRSTNAME_INVALID, ABOUT_TOO_LONG
---```lua
---client:update_profile({ about = "Back on Monday" })
---```
---@param options ProfileOptions What is different.
---@return Peer
function Client:update_profile(options) end

---Change the account's user name.
---
---Errors: USERNAME_OCCUPIED, USERNAME_INVALID, USERNAME_NOT_MODIFIED
---```lua
---client:update_username("somebody_new")
---```
---@param name? string The new one, with or without @; nothing takes it away.
---@return Peer
function Client:update_username(name) end

---Show the account as online, or not. Telegram lets that lapse after some minutes.
---```lua
---tg.every("4m", function() client:set_online() end)
---```
---@param on? boolean false takes it back; true if not given.
function Client:set_online(on) end

---Show a custom emoji beside the account's name. It needs Telegram Premium.
---
---Errors: PREMIUM_ACCOUNT_REQUIRED
---```lua
---client:set_emoji_status("5314250708508220914", { expires = "8h" })
---client:set_emoji_status()
---```
---@param emoji? integer|string Number of a custom emoji; nothing takes it away.
---@param options? EmojiStatusOptions How long.
---@overload fun(self: Client, options: EmojiStatusOptions)
function Client:set_emoji_status(emoji, options) end

---Tell the account's birthday to those who may see it.
---
---Errors: BIRTHDAY_INVALID
---```lua
---client:set_birthday({ day = 29, month = 2 })
---```
---@param birthday? { day: integer, month: integer, year?: integer } The day; nothing takes it away.
function Client:set_birthday(birthday) end

---Colour the account's name. All but the first seven colours need Telegram Premium.
---
---Errors: PREMIUM_ACCOUNT_REQUIRED
---```lua
---client:set_colour(3)
---```
---@param colour? integer Number in Telegram's palette, from 0; the usual one if not given.
---@param options? ColourOptions Of what.
---@overload fun(self: Client, options: ColourOptions)
function Client:set_colour(colour, options) end

---Who may see or do something.
---```lua
---local rules = client:get_privacy("phone")
---print(rules.allow, #rules.always, #rules.never)
---```
---@param key "about"|"birthday"|"calls"|"calls_p2p"|"chat_invite"|"forwards"|"found_by_phone"|"free_messages"|"gifts"|"last_seen"|"music"|"phone"|"photo"|"voice_messages" What others may see or do.
---@return { allow: "everyone"|"contacts"|"close_friends"|"nobody", always: Peer[], never: Peer[], premium: boolean, bots?: boolean }
function Client:get_privacy(key) end

---Change who may see or do something. Returns the rules as Telegram has them now.
---
---Errors: PEER_UNKNOWN, PRIVACY_TOO_LONG
---```lua
---client:set_privacy("phone", { allow = "contacts", never = { "@boss" } })
---client:set_privacy("last_seen", { allow = "nobody", always = { "@friend", "Family" } })
---```
---@param key "about"|"birthday"|"calls"|"calls_p2p"|"chat_invite"|"forwards"|"found_by_phone"|"free_messages"|"gifts"|"last_seen"|"music"|"phone"|"photo"|"voice_messages" What others may see or do.
---@param rules PrivacyOptions Who may.
---@return { allow: "everyone"|"contacts"|"close_friends"|"nobody", always: Peer[], never: Peer[], premium: boolean, bots?: boolean }
function Client:set_privacy(key, rules) end

---List where the account is signed in; this session comes first. The config has to allow it.
---
---Errors: PERMISSION_DENIED
---```lua
---for _, session in ipairs(client:get_sessions()) do
---  print(session.device, session.app, session.country, os.date("%c", session.active))
---end
---```
---@return Session[]
function Client:get_sessions() end

---Sign every device out but this one. The config has to allow it.
---
---Errors: PERMISSION_DENIED, FRESH_RESET_AUTHORISATION_FORBIDDEN
---```lua
---client:terminate_other_sessions()
---```
function Client:terminate_other_sessions() end

---Let a device sign in that shows a QR code. It gets the whole account, so the config has to allow it.
---
---Errors: PERMISSION_DENIED, AUTH_TOKEN_INVALID, AUTH_TOKEN_EXPIRED
---```lua
---print(client:accept_qr_login("tg://login?token=abc").device)
---```
---@param link string What the QR code says: tg://login?token=...
---@return Session
function Client:accept_qr_login(link) end

---End the account's session at Telegram and remove it here. The script ends with it; the config has to allow it.
---
---Errors: PERMISSION_DENIED
---```lua
---client:log_out()
---```
function Client:log_out() end

---After how many days without use the account deletes itself.
---```lua
---print(client:get_account_ttl() .. " days")
---```
---@return integer
function Client:get_account_ttl() end

---Change after how many days without use the account deletes itself. The config has to allow it.
---
---Errors: PERMISSION_DENIED, TTL_DAYS_INVALID
---```lua
---client:set_account_ttl(365)
---```
---@param days integer From 30 on.
function Client:set_account_ttl(days) end

---Move the account to another number. The config has to allow it.
---
---Errors: PERMISSION_DENIED, PHONE_NUMBER_OCCUPIED, PHONE_CODE_INVALID
---```lua
---client:on("message", { from = "@me", pattern = "^move to (%S+)" }, function(event)
---  client:change_phone(event.matches[1], function() return event:ask("The code?").raw_text end)
---end)
---```
---@param phone string The new number.
---@param code fun(): string Called for the code that Telegram sends to it.
---@return Peer
function Client:change_phone(phone, code) end

---How two-step verification stands. The config has to allow it.
---
---Errors: PERMISSION_DENIED
---```lua
---print(client:get_password_info().hint)
---```
---@return { enabled: boolean, hint?: string, has_recovery: boolean, unconfirmed_email?: string, reset_date?: integer }
function Client:get_password_info() end

---Set, change or remove the password of two-step verification. The config has to allow it.
---
---Errors: PERMISSION_DENIED, PASSWORD_HASH_INVALID, EMAIL_UNCONFIRMED
---```lua
---client:edit_2fa({ new_password = "correct horse", hint = "battery" })
---client:edit_2fa({ current_password = "correct horse" }) -- off again
---```
---@param options Edit2faOptions What becomes of it.
function Client:edit_2fa(options) end

---The same client with more patience, or less: all its methods are there. Objects that its calls return are as patient as others.
---```lua
---local hasty = client:with({ flood_limit = 0, timeout = "5s" })
---local ok, err = pcall(hasty.send_message, hasty, "me", "now or never")
---if not ok and err.seconds then tg.log("not before " .. err.seconds .. " s") end
---```
---@param options WithOptions What is different.
---@return Client
function Client:with(options) end

---Take data out: calls of the client that the function gets are limited less. The takeout ends with the function, as a success unless it raises an error. Telegram may want to wait a day first: TAKEOUT_INIT_DELAY tells the seconds. The config has to allow it.
---
---Errors: PERMISSION_DENIED, TAKEOUT_INIT_DELAY
---```lua
---client:takeout({ users = true, contacts = true }, function(takeout)
---  for dialog in takeout:iter_dialogs() do print(dialog.name) end
---end)
---```
---@param options TakeoutOptions What is taken out.
---@param fn fun(takeout: Client) Called with a client whose calls are part of the takeout.
function Client:takeout(options, fn) end

---End the takeout of this client before its function ends.
---
---Errors: TAKEOUT_REQUIRED, TAKEOUT_INVALID
---```lua
---client:takeout({ contacts = true }, function(takeout)
---  takeout:end_takeout(false)
---end)
---```
---@param success boolean Whether all was had that was wanted.
---@return boolean
function Client:end_takeout(success) end

---Whether there is a link to Telegram now. Calls wait for it otherwise.
---```lua
---print(client:is_connected())
---```
---@return boolean
function Client:is_connected() end

---Whether the account is a bot.
---```lua
---if client:is_bot() then print("I am a bot") end
---```
---@return boolean
function Client:is_bot() end

---Ask Telegram whether the account is still signed in.
---```lua
---print(client:is_user_authorized())
---```
---@return boolean
function Client:is_user_authorized() end

---What Telegram's clock says: seconds since 1970.
---```lua
---print(os.date("%c", client:server_time()))
---```
---@return number
function Client:server_time() end

---Ask for everything that has happened and was not told, and wait until handlers have been given it.
---```lua
---tg.spawn(function() client:catch_up() end)
---```
function Client:catch_up() end

---What Telegram tells of itself: limits, addresses, the present data center.
---```lua
---print(client:get_config().this_dc)
---```
---@return Object
function Client:get_config() end

---What holds calls up now: `classes` of calls that have a rate, and `floods`, pauses that Telegram has ordered.
---```lua
---for _, flood in ipairs(client:get_pacing().floods) do print(flood.method, flood.seconds) end
---```
---@return { classes: { class: string, rate: string, waiting: integer }[], floods: { kind: string, method?: string, chat_id?: integer, seconds: number, waiting: integer }[] }
function Client:get_pacing() end

---List the handlers of this script, by event and then in the order in which they run.
---```lua
---for _, handler in ipairs(client:handlers({ event = "message" })) do
---  print(handler.site)
---  handler:off()
---end
---```
---@param options? HandlersOptions Which ones.
---@return Handler[]
function Client:handlers(options) end

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
---@field post boolean A post of a channel.
---@field post_author string? Who signed the post.
---@field media_unread boolean Has a voice or video message that wasn't played, or a mention that wasn't read.
---@field noforwards boolean Can't be forwarded or saved.
---@field from_scheduled boolean Was sent at a time that was set before.
---@field scheduled boolean Is for later, and wasn't sent yet.
---@field legacy boolean Should be fetched again: it is older than what this program understands.
---@field edit_hide boolean Was changed, but should not look so.
---@field invert_media boolean Shows media or preview above the text.
---@field offline boolean Was sent while its author was offline: scheduled, or by an automatic answer.
---@field ttl_period integer? Seconds after which it deletes itself.
---@field effect string? Number of the animation that is shown with it.
---@field from_boosts integer? How often its author has boosted the group.
---@field stars string? Stars that were paid for it.
---@field is_service boolean Tells what somebody did: joined, pinned, changed the title.
---@field action Object? What a service message tells, as Telegram describes it.
---@field action_name string? What a service message tells, in short: "chat_add_user", "pin_message".
---@field forward Forward? Where it was forwarded from.
---@field via_bot Peer? The inline bot that made it.
---@field reply_to { message_id: integer, chat_id?: integer, topic_id?: integer, quote?: string, quote_offset?: integer, author?: string }? What it answers.
---@field reply_to_chat_id integer? Marked id of the chat of what it answers, if that is another one.
---@field topic_id integer? Topic of the forum it is in.
---@field replies { count: integer, comments: boolean, chat_id?: integer, max_id?: integer, read_max_id?: integer }? What is said about it: comments on a post, answers to a message.
---@field reactions { reaction: string, count: integer, chosen: boolean }[] How it was reacted to.
---@field restriction_reason { platform: string, reason: string, text: string }[] Why some don't get to see it.
---@field factcheck string? What fact checkers say.
---@field saved_peer_id integer? In saved messages, marked id of the chat it is filed under.
---@field link string? Its address: https://t.me/name/12, or one for members alone; private chats have none.
---@field reply_markup Object? Its buttons, as Telegram describes them.
---@field poll Poll? The poll.
---@field dice { emoji: string, value: integer }? The die that was thrown.
---@field geo { lat: number, long: number, accuracy?: integer, live?: integer, heading?: integer }? The place, also of a venue.
---@field venue { title: string, address: string, provider: string, id: string, type: string }? The venue.
---@field contact { phone: string, first_name: string, last_name: string, vcard: string, user_id: integer }? The contact.
---@field game Object? The game, as Telegram describes it.
---@field invoice Object? What is to be paid, as Telegram describes it.
---@field web_preview Object? The preview of a link, as Telegram describes it.
---@field file File? The file that it came with, or that the preview of its link shows.
---@field photo File? Its file, if it is a photo.
---@field document File? Its file, if it is any but a photo.
---@field video File? Its file, if it is a video.
---@field audio File? Its file, if it is music.
---@field voice File? Its file, if it is a voice message.
---@field video_note File? Its file, if it is a round video.
---@field gif File? Its file, if it is a GIF.
---@field sticker File? Its file, if it is a sticker.
---@field media Object? What it came with, as Telegram describes it.
---@field buttons MessageButton[][]? The buttons below it, row by row: message.buttons[1][2] is the second one of the first row. nil without buttons.
---@field button_count integer How many buttons it has.
---@field reply_markup Object? The keyboard as Telegram describes it.
---@field chat_data Store? What the script keeps about the chat: a part of tg.store.
---@field user_data Store? What the script keeps about who did it, in all chats: a part of tg.store.
local Message = {}

---Answer in the same chat, quoting this message.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---client:on("message", { incoming = true }, function(event)
---  event:reply("You said: " .. event.raw_text)
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function Message:reply(message, options) end

---Answer in the same chat, and topic, without quoting.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---event:respond("**Done.**", { silent = true })
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function Message:respond(message, options) end

---Replace this message's text or buttons. Only messages of this account can be edited.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_AUTHOR_REQUIRED, MESSAGE_EDIT_TIME_EXPIRED
---```lua
---local message = event:respond("Working ...")
---message:edit("Done.")
---```
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@return Message
---@overload fun(self: Message, options: EditOptions): Message
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

---Say something in the same chat and wait for the next message that the same person writes there, or for a press of an inline button of the question. Handlers don't get that message. A press comes as a CallbackEvent, already answered: its `data` says which button it was.
---
---Errors: TIMEOUT, CANCELLED, ANSWER_REFUSED, CONVERSATION_BUSY
---```lua
---local answer = event:ask("What is your name?", { timeout = "5m", cancel = "/cancel" })
---answer:reply("Nice to meet you, " .. answer.raw_text)
---local age = event:ask("How old are you?", {
---  check = function(answer) return tonumber(answer.raw_text), "Write a number, please." end, tries = 3,
---})
---local sure = event:ask("Shall I delete it?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
---if sure.data == "yes" then event:delete() end
---```
---@param question string|FormattedText|Message What to ask.
---@param options? AskOptions How to ask, which answers are good, and how long to wait.
---@return Message|CallbackEvent
function Message:ask(question, options) end

---Forward this message to another chat.
---
---Errors: CHAT_FORWARDS_RESTRICTED, CHAT_WRITE_FORBIDDEN
---```lua
---event:forward_to("me")
---```
---@param chat Target Where to.
---@param options? ForwardOptions How.
---@return Message
function Message:forward_to(chat, options) end

---Send what this message says to another chat, without telling where it is from.
---
---Errors: NOT_COPIED, CHAT_WRITE_FORBIDDEN
---```lua
---event:copy_to("me", { silent = true })
---```
---@param chat Target Where to.
---@param options? CopyOptions How.
---@return Message
function Message:copy_to(chat, options) end

---Pin this message. Returns the service message that tells of it, if there is one.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---event:pin({ notify = true })
---```
---@param options? PinOptions How.
---@return Message
function Message:pin(options) end

---Take this message from the pinned ones.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---event:unpin()
---```
---@param options? PinOptions How.
function Message:unpin(options) end

---Mark the chat as read up to this message.
---```lua
---event:mark_read()
---```
function Message:mark_read() end

---React to this message, in place of how this account did before.
---
---Errors: REACTION_INVALID, REACTIONS_TOO_MANY
---```lua
---event:react("👍")
---event:react({ "❤", "🔥" }, { big = true })
---event:react() -- takes it back
---```
---@param reaction? string|string[] Emoji, numbers of custom emojis as text, or "paid": one or a list; nil takes them away.
---@param options? ReactOptions How.
---@overload fun(self: Message, options: ReactOptions)
function Message:react(reaction, options) end

---Fetch the message that this one answers; nil if it answers none, or that is gone.
---```lua
---local answered = event:get_reply_message()
---if answered then print(answered.text) end
---```
---@return Message
function Message:get_reply_message() end

---Who wrote it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---print(event:get_sender().name)
---```
---@return Peer
function Message:get_sender() end

---Where it is; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---print(event:get_chat().name)
---```
---@return Peer
function Message:get_chat() end

---List the entities, each with the text it is over.
---```lua
---for _, found in ipairs(event:get_entities_text("url")) do
---  print(found.text)
---end
---```
---@param type? string Only entities of this type, such as "url".
---@return { entity: TextEntity, text: string }[]
function Message:get_entities_text(type) end

---Download the message's file. Returns the path, or the contents with bytes = true: see client:download_media.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---if event.photo then
---  local jpeg = event:download(nil, { bytes = true })
---  print(#jpeg .. " bytes")
---end
---```
---@param path? string Where to: a file, which is replaced, or a folder. The folder of the script's files if not given.
---@param options? DownloadOptions How.
---@return string
---@overload fun(self: Message, options: DownloadOptions): string
function Message:download(path, options) end

---Download the message's file. Returns the path, or the contents with bytes = true: see client:download_media.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---if event.photo then
---  local jpeg = event:download_media(nil, { bytes = true })
---  print(#jpeg .. " bytes")
---end
---```
---@param path? string Where to: a file, which is replaced, or a folder. The folder of the script's files if not given.
---@param options? DownloadOptions How.
---@return string
---@overload fun(self: Message, options: DownloadOptions): string
function Message:download_media(path, options) end

---Answer with a file in the same chat, quoting this message.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_CHANGED, FILE_TOO_LARGE, FILE_EMPTY, PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---event:reply_file("files/help.pdf", { caption = "Here you are." })
---```
---@param file FileSource|FileSource[] What: a file, or a list of them.
---@param options? SendFileOptions How.
---@return Message
function Message:reply_file(file, options) end

---Answer with a file in the same chat, without quoting.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_CHANGED, FILE_TOO_LARGE, FILE_EMPTY, PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---event:respond_file({ bytes = event.raw_text, name = "you-said.txt" })
---```
---@param file FileSource|FileSource[] What: a file, or a list of them.
---@param options? SendFileOptions How.
---@return Message
function Message:respond_file(file, options) end

---Press a button of the message, as a person does, or vote in its poll: by number (from 1, through all rows), row and column, text, data or a function. A callback button waits for its bot's answer; nil if it says nothing within a quarter of a minute. A text button sends its text. Links are not opened, but told in the result. Phone numbers and places are given only by share_phone and share_geo. In a poll, a list of numbers votes for several answers.
---
---Errors: BUTTON_UNKNOWN, DATA_INVALID, PASSWORD_HASH_INVALID
---```lua
---client:on("message", { from = "@quiz_bot" }, function(event)
---  event:click(1)            -- the first button
---  event:click(2, 1)         -- the first one of the second row
---  event:click("Yes")        -- or { text = "Yes" }, { data = "yes" }
---  local answer = event:click({ filter = function(button) return button.data == "more" end })
---  if answer then print(answer.message) end
---end)
---```
---@param which? integer|string|integer[]|ClickOptions Number of the button, counted through all rows, or its text; the first one if not given. With column, the row.
---@param column? integer Place in the row, from 1.
---@param options? ClickOptions Which button, and what it may have of the account.
---@return ClickResult
---@overload fun(self: Message, which: integer|string|integer[]|ClickOptions, options: ClickOptions): ClickResult
function Message:click(which, column, options) end

---Ask Telegram for the buttons as they are now, row by row; nil without buttons.
---```lua
---for _, row in ipairs(event:get_buttons() or {}) do
---  for _, button in ipairs(row) do print(button.row, button.column, button.text) end
---end
---```
---@return MessageButton[][]?
function Message:get_buttons() end

---Wait until somebody presses an inline button below this message. Handlers don't get that press. One that came in the half minute before counts too, unless a handler of `callback` wanted it: so none is missed between two waits. Answer it: the person's app waits.
---
---Errors: TIMEOUT
---```lua
---client:command("delete", function(event)
---  local question = event:reply("Sure?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
---  local press = question:wait_click({ from = event.sender_id, timeout = "1m" })
---  press:answer()
---  question:edit(press.data == "yes" and "Deleted." or "Kept.", { buttons = false })
---end)
---```
---@param options? WaitClickOptions Which press, and how long.
---@return CallbackEvent
function Message:wait_click(options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Message:to_table() end

---A message as the handlers of `message` and `edit` get it.
---@class MessageEvent: Message
---@field matches string[] What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.
---@field late boolean Written while the script's account was not running.
---@field own boolean Sent or edited by this process; only with the filter `own`.
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
---@field status ("online"|"offline"|"recently"|"last_week"|"last_month"|"long_ago"|nil)? When a user was online, in one word; nil for chats.
---@field last_seen number? When a user was online last, where they let us see it; of one who is online, until when.
---@field is_mutual_contact boolean Both have the other in their contacts.
---@field is_close_friend boolean Marked as a close friend.
---@field is_support boolean Belongs to Telegram's support.
---@field is_min boolean Telegram told only a part. It can be written to through the message that showed it.
---@field bot_can_join_groups boolean The bot may be added to groups.
---@field bot_reads_all boolean The bot sees all messages of its groups.
---@field bot_inline_placeholder string? What an inline bot shows before something is written.
---@field bot_active_users integer? How many use the bot in a month.
---@field is_supergroup boolean A supergroup.
---@field is_forum boolean A group with topics.
---@field is_gigagroup boolean A group in which only admins write.
---@field is_creator boolean The chat belongs to this account.
---@field is_admin boolean This account is an admin of the chat, or its creator.
---@field has_left boolean This account isn't in the chat.
---@field is_forbidden boolean This account was thrown out of the chat.
---@field is_deactivated boolean The group has become a supergroup, or is gone.
---@field migrated_to integer? The supergroup that the group has become.
---@field date number? When the account joined the chat; of one that it isn't in, when it was made.
---@field is_protected boolean Nothing can be forwarded or saved.
---@field has_signatures boolean Posts tell who wrote them.
---@field has_slow_mode boolean Members wait between two messages.
---@field has_link boolean Linked with a discussion group, or with a channel.
---@field has_location boolean The group is at home somewhere.
---@field has_call boolean A video chat is going on.
---@field join_to_send boolean Only members may write.
---@field join_request boolean Admins decide who may join.
---@field boost_level integer? The level that boosts have raised the chat to.
---@field admin_rights Object What this account may do as an admin.
---@field banned_rights Object What was taken from this account.
---@field default_banned_rights Object What members may not do.
---@field is_restricted boolean Telegram doesn't show it everywhere.
---@field restriction_reasons string[] Why, as "platform-reason: text".
---@field emoji_status_id integer? Id of the custom emoji beside the name; a string where Lua's numbers aren't exact.
---@field color integer Number of the colour of the name.
---@field has_photo boolean There is a picture.
---@field participant Participant Its place in the chat that it was listed of, by iter_participants and get_participants.
---@field raw Object As Telegram describes it; nil if only the id is known.
local Peer = {}

---Send a message there. A text of more than 4096 characters is sent as several. Returns the last one.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN, USER_IS_BLOCKED
---```lua
---client:get_entity("@durov"):send_message("Hi")
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied without telling where it is from.
---@param options? SendOptions How to say it.
---@return Message
function Peer:send_message(message, options) end

---Ask for all that Telegram tells of it.
---
---Errors: CHANNEL_PRIVATE, FLOOD_WAIT
---```lua
---client:on("message", function(event)
---  print(event.chat:get_full().about)
---end)
---```
---@return FullPeer
function Peer:get_full() end

---Join the supergroup or channel. Where admins decide, they are asked.
---
---Errors: CHANNELS_TOO_MUCH, USER_BANNED_IN_CHANNEL, CHAT_KIND
---```lua
---client:get_entity("@telegram"):join()
---```
---@return JoinResult
function Peer:join() end

---Leave the group or channel. Returns Telegram's message about it, if there is one.
---
---Errors: USER_NOT_PARTICIPANT, CHAT_KIND
---```lua
---client:get_entity("@telegram"):leave()
---```
---@return Message
function Peer:leave() end

---Go through the members of the group or channel. Each is a Peer with the field participant.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---for user in client:get_entity("Friends"):iter_participants() do print(user.name) end
---```
---@param options? ParticipantOptions Which ones.
---@return fun(): Peer?
function Peer:iter_participants(options) end

---List the members of the group or channel. The field total says how many there are in all.
---
---Errors: CHAT_ADMIN_REQUIRED, CHAT_KIND
---```lua
---print(client:get_entity("Friends"):get_participants().total)
---```
---@param options? ParticipantOptions Which ones.
---@return Peer[]
function Peer:get_participants(options) end

---Ask what somebody may do in the group or channel.
---
---Errors: USER_NOT_PARTICIPANT, CHAT_KIND
---```lua
---print(client:get_entity("Friends"):get_permissions("me").is_admin)
---```
---@param user? Target Who; nil asks what all members may do.
---@return Permissions
function Peer:get_permissions(user) end

---List the photos of the user or chat, the one that is shown first.
---```lua
---print(client:get_entity("@durov"):get_profile_photos().total)
---```
---@param options? ProfilePhotosOptions Which ones.
---@return File[]
function Peer:get_profile_photos(options) end

---Ask Telegram about it anew. Returns a new Peer; this one stays as it is.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("message", function(event)
---  print(event.sender:refresh().status)
---end)
---```
---@return Peer
function Peer:refresh() end

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

---A value of Telegram's own types, with the names of https://core.telegram.org/schema: `_` is the constructor, a field that is absent is nil. Ids of users, chats and channels, sizes and amounts are numbers, other 64-bit numbers are strings of digits, bytes are strings. `pairs(object:to_table())` goes through its fields, and it may be given to a call of client.api as it is.
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
---@field errors integer How many of its calls have failed.
---@field paused boolean It has failed too often (`errors` in config.yaml) and gets no more events.
local Handler = {}

---Take the handler away. A call that is running goes on.
function Handler:off() end

---Let a paused handler have events again. Returns whether it was paused.
---```lua
---for _, handler in ipairs(client:handlers()) do
---  if handler.paused then handler:resume() end
---end
---```
---@return boolean
function Handler:resume() end

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

---Where a message was forwarded from.
---@class Forward
---@field from_id integer? Marked id of who wrote it; nil for people who hide that.
---@field sender Peer? Who wrote it, or the channel it was a post of.
---@field name string Name of who wrote it, also of people who hide who they are.
---@field date integer When it was written.
---@field channel_post integer? Number of the post in its channel.
---@field post_author string? Who signed the post.
---@field saved_from_id integer? In saved messages, marked id of the chat it was forwarded from.
---@field saved_from_msg_id integer? And its number there.
---@field imported boolean Was imported from another messenger.
---@field psa_type string? Kind of the public announcement.
---@field raw Object The header as Telegram describes it.
local Forward = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Forward:to_table() end

---A photo, video, sound, sticker or any other file that Telegram keeps.
---@class File
---@field kind "photo"|"document"|"video"|"video_note"|"voice"|"audio"|"gif"|"sticker" What it is shown as.
---@field id string? The file as the Bot API names it; it can be sent again by it.
---@field name string? The name that its sender gave it. It may be anything: don't use it as a path.
---@field ext string? The ending of its name with the dot, or the usual one of its type: ".jpg".
---@field mime_type string What is in it: "image/jpeg".
---@field size integer How many bytes it has.
---@field width integer? Width of a picture or video.
---@field height integer? Height of a picture or video.
---@field duration number? Length of a video or sound in seconds.
---@field title string? Title of music.
---@field performer string? Who plays the music.
---@field emoji string? What a sticker stands for.
---@field sticker_set Object? Where a sticker belongs, as Telegram describes it.
---@field waveform integer[]? Loudness of a voice message, from 0 to 31.
---@field thumbs string[] The smaller pictures that there are, from small to great: their letters.
---@field raw Object The photo or document as Telegram describes it.
local File = {}

---Download the file. Returns the path, or the contents with bytes = true: see client:download_media.
---
---Errors: PERMISSION_DENIED, DISK_FULL, FILE_TOO_LARGE, FILE_REFERENCE_EXPIRED, FLOOD_WAIT
---```lua
---if event.file and event.file.size < 1e6 then
---  event.file:download("downloads/")
---end
---```
---@param path? string Where to: a file, which is replaced, or a folder. The folder of the script's files if not given.
---@param options? DownloadOptions How.
---@return string
---@overload fun(self: File, options: DownloadOptions): string
function File:download(path, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function File:to_table() end

---A button for a keyboard. The functions of tg.button make them.
---@class Button
---@field text string What is written on it.
---@field kind string What it does.
---@field data string? What the bot is told when it is pressed.
---@field url string? The link or mini app that it opens.
---@field inline_query string? The inline query that it begins.
---@field style ("primary"|"danger"|"success")? Its colour.
---@field requires_password boolean The person's password is asked for first.
local Button = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Button:to_table() end

---A keyboard that is put together bit by bit: tg.keyboard().
---@class Keyboard
---@field rows Button[][] The buttons, row by row.
---@field button_count integer How many buttons it has.
local Keyboard = {}

---Add a row of buttons. Without buttons, the next ones begin a row.
---```lua
---local board = tg.keyboard({ resize = true }):row("Yes", "No"):row("Cancel")
---```
---@param ... any Any number of buttons, as the option buttons takes them.
---@return Keyboard
function Keyboard:row(...) end

---Add buttons to the last row.
---```lua
---local board = tg.keyboard():add("1", "2"):add("3")
---```
---@param ... any Any number of buttons, as the option buttons takes them.
---@return Keyboard
function Keyboard:add(...) end

---Put all buttons into rows anew.
---```lua
---local board = tg.keyboard():add("1", "2", "3", "4", "5", "6"):adjust({ 1, 3, 2 })
---```
---@param widths integer|integer[] How many buttons a row has: one number, or a list of which the last goes on.
---@return Keyboard
function Keyboard:adjust(widths) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Keyboard:to_table() end

---A menu whose buttons run functions: tg.menu.
---@class Menu
---@field name string Its name.
local Menu = {}

---Send the menu as a message.
---
---Errors: PEER_UNKNOWN, CHAT_WRITE_FORBIDDEN
---```lua
---local main = tg.menu("main", function(page)
---  page:button("Now", function(event) event:answer(tg.time.format(tg.time.now())) end)
---  return "What time is it?"
---end)
---client:command("start", function(event) main:send(event) end)
---tg.cron("0 8 * * *", function() main:send("@friend") end)
---```
---@param chat Target|MessageEvent|CallbackEvent Where to: a chat, or a message or press to answer.
---@param options? MenuData What it is about.
---@return Message
function Menu:send(chat, options) end

---Show the menu in the place of a message whose button was pressed.
---
---Errors: MESSAGE_ID_INVALID
---```lua
---local main = tg.menu("main", function(page) page:button("Go", function() end) return "Ready?" end)
---client:on("callback", { data = "menu" }, function(event) main:open(event) end)
---```
---@param event CallbackEvent A press: the menu takes the place of the message below which the button is.
---@param options? MenuData What it is about.
function Menu:open(event, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Menu:to_table() end

---A menu that is being made, for one message: see tg.menu.
---@class MenuPage
---@field menu Menu The menu.
---@field data string? What the page is about: the option `data` of whoever opened it.
local MenuPage = {}

---Add a button that runs a function. It is answered when the function has ended, if that doesn't do it.
---```lua
---local main = tg.menu("main", function(page, event)
---  page:button("Tea", function(event) event:answer("Tea it is.") end)
---  page:button("Coffee", function(event) event:edit("Coffee, then.", { buttons = false }) end, { style = "primary" })
---  return "What would you like?"
---end)
---```
---@param text string|FormattedText What is written on it.
---@param fn fun(event: CallbackEvent, page: MenuPage) Called with the press, and the page that the button is on.
---@param options? PageButtonOptions How it looks, and what it is known by.
---@return MenuPage
function MenuPage:button(text, fn, options) end

---Add a button that shows another menu in the place of this one.
---```lua
---local names = { a = "Ada", b = "Ben" }
---local people = tg.menu("people", function(page)
---  for id, name in pairs(names) do page:row():open(name, "person", { data = id }) end
---  return "Who?"
---end)
---tg.menu("person", function(page)
---  page:open("« Back", "people")
---  return "This is " .. names[page.data] .. "."
---end)
---```
---@param text string|FormattedText What is written on it.
---@param menu Menu|string Which menu: its name, or the menu itself.
---@param options? PageOpenOptions What it is about, and how the button looks.
---@return MenuPage
function MenuPage:open(text, menu, options) end

---Add other buttons, as the option `buttons` takes them.
---```lua
---local main = tg.menu("main", function(page, event)
---  page:add({ text = "What is tea?", url = "https://en.wikipedia.org/wiki/Tea" })
---  return "What would you like?"
---end)
---```
---@param ... any Any number of buttons, as the option buttons takes them.
---@return MenuPage
function MenuPage:add(...) end

---Let the next buttons begin a row.
---```lua
---local main = tg.menu("main", function(page, event)
---  page:button("Tea", function() end):row():button("Coffee", function() end)
---  return "What would you like?"
---end)
---```
---@return MenuPage
function MenuPage:row() end

---Show the menu as it is now, after a press has changed something.
---
---Errors: MESSAGE_ID_INVALID
---```lua
---local count = 0
---local counter = tg.menu("counter", function(page)
---  page:button("+1", function() count = count + 1 page:redraw() end)
---  return "So far: " .. count
---end)
---```
function MenuPage:redraw() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function MenuPage:to_table() end

---A keyboard that is ready to be sent, as the option `buttons`.
---@class ReplyMarkup
---@field raw Object The keyboard as Telegram describes it.
local ReplyMarkup = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ReplyMarkup:to_table() end

---A button of a message. It may be used for a keyboard of one's own, too.
---@class MessageButton
---@field text string What is written on it.
---@field kind string What it does, by the name of its function in tg.button.
---@field data string? What the bot is told when it is pressed.
---@field url string? The link or mini app that it opens.
---@field inline_query string? The inline query that it begins.
---@field style ("primary"|"danger"|"success")? Its colour.
---@field requires_password boolean It asks for the account's password: the option `password` of click.
---@field row integer Which row it is in, from 1.
---@field column integer Which place in the row it has, from 1.
---@field raw Object What it does, as Telegram describes it.
local MessageButton = {}

---Press the button, as message:click does.
---```lua
---client:on("message", { from = "@quiz_bot" }, function(event)
---  if event.buttons then event.buttons[1][2]:click() end
---end)
---```
---@param options? ShareOptions What it may have of the account.
---@return ClickResult
function MessageButton:click(options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function MessageButton:to_table() end

---What came of pressing a button. Nothing is opened: what a person's app would open or type is told here.
---@class ClickResult
---@field kind string What the button does, by the name of its function in tg.button; "poll" for a vote.
---@field message string? What the bot said.
---@field alert boolean The bot wants it shown as a box that has to be closed.
---@field url string? The link, game or mini app that the button opens.
---@field cache_time integer For how many seconds the bot's word holds.
---@field sent Message? The message that the button has sent.
---@field inline_query string? The query for client:inline_query that the button begins; empty for one without words.
---@field bot Peer? The bot of that query.
---@field copied string? What the button puts into the clipboard.
---@field user Peer? Whose profile the button opens.
local ClickResult = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ClickResult:to_table() end

---A pressed button, as the handlers of `callback` get it. The person's app waits until it is answered: event:answer does it, and so does the end of the handlers.
---@class CallbackEvent
---@field id string Number of the query; a string, for it has 64 bits.
---@field data string The data of the button.
---@field matches string[] What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.
---@field game string? Short name of the game, of a button that plays one.
---@field message_id integer? Number of the message below which it is; nil if that was sent through the bot, inline.
---@field via_inline boolean The message was sent through the bot, inline: the bot does not know where.
---@field inline_message_id InlineMessage? The message that was sent through the bot, for client:edit_inline_message.
---@field chat_instance string The same for all buttons of a chat; a string, for it has 64 bits.
---@field answered boolean Somebody has answered it in this program.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
---@field chat_data Store? What the script keeps about the chat: a part of tg.store.
---@field user_data Store? What the script keeps about who did it, in all chats: a part of tg.store.
local CallbackEvent = {}

---Answer the button, so that the person's app stops waiting. Telegram takes one answer, within a quarter of a minute.
---
---Errors: QUERY_ID_INVALID, MESSAGE_TOO_LONG, URL_INVALID
---```lua
---client:on("callback", { data = "buy" }, function(event)
---  event:answer("Sold out!", { alert = true })
---end)
---```
---@param text? string What to say, up to 200 characters.
---@param options? CallbackAnswerOptions How to say it.
---@overload fun(self: CallbackEvent, options: CallbackAnswerOptions)
function CallbackEvent:answer(text, options) end

---Replace the text or the buttons of the message below which the button is. Of a message in a chat, buttons are kept that aren't given; of one that was sent through the bot, inline, they are taken away.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID
---```lua
---client:on("callback", { data = "done" }, function(event)
---  event:edit("**Done.**", { buttons = false })
---end)
---```
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@return Message
---@overload fun(self: CallbackEvent, options: EditOptions): Message
function CallbackEvent:edit(text, options) end

---Say something in the chat of the button.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---event:respond("You pressed " .. event.data)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function CallbackEvent:respond(message, options) end

---Say something in the chat of the button, quoting its message.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---event:reply("You pressed " .. event.data)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function CallbackEvent:reply(message, options) end

---Delete the message below which the button is. Returns whether Telegram deleted it.
---
---Errors: MESSAGE_DELETE_FORBIDDEN
---```lua
---event:delete()
---```
---@param options? DeleteOptions For whom.
---@return boolean
function CallbackEvent:delete(options) end

---Answer the button, say something in its chat, and wait for the next message that the same person writes there. Handlers don't get that message.
---
---Errors: TIMEOUT, CANCELLED, ANSWER_REFUSED, CONVERSATION_BUSY
---```lua
---client:on("callback", { data = "rename" }, function(event)
---  local answer = event:ask("What is the new name?", { timeout = "5m" })
---  event:edit("Its name is " .. answer.raw_text)
---end)
---```
---@param question string|FormattedText|Message What to ask.
---@param options? AskOptions How to ask, which answers are good, and how long to wait.
---@return Message|CallbackEvent
function CallbackEvent:ask(question, options) end

---Fetch the message below which the button is; nil if it is gone, or was sent through the bot, inline.
---```lua
---local message = event:get_message()
---if message then print(message.text) end
---```
---@return Message
function CallbackEvent:get_message() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("callback", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function CallbackEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("callback", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function CallbackEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("callback", { priority = 1 }, function(event) event:stop() end)
---```
function CallbackEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function CallbackEvent:to_table() end

---An inline query, as the handlers of `inline_query` get it.
---@class InlineQueryEvent
---@field id string Number of the query; a string, for it has 64 bits.
---@field text string What was typed after the bot's name.
---@field query string The same as text.
---@field offset string The next_offset of the answer before, when the person has scrolled to its end; else empty.
---@field matches string[] What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.
---@field geo { lat: number, long: number }? Where the person is, for bots that ask for it.
---@field chat_kind ("self"|"user"|"bot"|"group"|"supergroup"|"channel")? In what kind of chat it is typed.
---@field builder InlineBuilder Makes offers. A table of the same options does, too.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
---@field user_data Store? What the script keeps about who did it, in all chats: a part of tg.store.
local InlineQueryEvent = {}

---Answer the query with offers to choose from. An offer is what event.builder makes, or a table: title, and one of text, file, geo, venue, contact or game.
---
---Errors: QUERY_ID_INVALID, RESULT_ID_DUPLICATE, OFFER_INVALID
---```lua
---client:on("inline_query", { pattern = "^cat" }, function(event)
---  event:answer({ { title = "A cat", file = "https://example.com/cat.jpg" } }, { cache_time = 300, gallery = true })
---end)
---```
---@param offers (InlineOffer|OfferTable)[] What to choose from, up to 50: what event.builder makes, or tables.
---@param options? InlineAnswerOptions How they are shown.
function InlineQueryEvent:answer(offers, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("inline_query", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function InlineQueryEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("inline_query", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function InlineQueryEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("inline_query", { priority = 1 }, function(event) event:stop() end)
---```
function InlineQueryEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineQueryEvent:to_table() end

---Makes offers for event:answer of an inline query. Each has one content: text, a file, a place, an address, a contact or a game.
---@class InlineBuilder
local InlineBuilder = {}

---Offer a text, a place, an address or a contact.
---
---Errors: OFFER_INVALID
---```lua
---event:answer({ event.builder:article("Hello", { text = "Hello, **world**!", thumb = "https://example.com/world.png" }) })
---```
---@param title string Its title.
---@param options? OfferOptions What is sent, and what else is shown.
---@return InlineOffer
function InlineBuilder:article(title, options) end

---Offer a photo: of the web, of a message, or of this machine, which is uploaded.
---
---Errors: OFFER_INVALID
---```lua
---event:answer({ event.builder:photo("https://example.com/cat.jpg", { text = "A cat" }) }, { gallery = true })
---```
---@param file FileSource The photo: an address on the web, a message that has it, or a path.
---@param options? OfferPhotoOptions Caption, and what else is shown.
---@return InlineOffer
function InlineBuilder:photo(file, options) end

---Offer a file: of the web, of a message, or of this machine, which is uploaded.
---
---Errors: OFFER_INVALID
---```lua
---event:answer({ event.builder:document("https://example.com/song.mp3", "A song", { type = "audio", performer = "Ada", duration = "3m" }) })
---```
---@param file FileSource The file: an address on the web, a message that has it, or a path.
---@param title? string Its title.
---@param options? OfferDocumentOptions Caption, and what else is shown.
---@return InlineOffer
---@overload fun(self: InlineBuilder, file: FileSource, options: OfferDocumentOptions): InlineOffer
function InlineBuilder:document(file, title, options) end

---Offer a game of this bot.
---
---Errors: OFFER_INVALID
---```lua
---event:answer({ event.builder:game("chess") })
---```
---@param short_name string Short name of the game.
---@param options? OfferGameOptions How.
---@return InlineOffer
function InlineBuilder:game(short_name, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineBuilder:to_table() end

---Something to choose from, which event.builder has made for event:answer.
---@class InlineOffer
---@field type string What it is: article, photo, gif, video, audio, voice, file, sticker, geo, venue, contact or game.
---@field title string? Its title.
---@field id string? Its id; nil for one that is made of the offer itself.
local InlineOffer = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineOffer:to_table() end

---An offer that was sent, as the handlers of `inline_chosen` get it.
---@class InlineChosenEvent
---@field id string The id of the offer.
---@field query string What was typed.
---@field matches string[] What the captures of the `pattern` filter matched in the query.
---@field geo { lat: number, long: number }? Where the person is, for bots that ask for it.
---@field message InlineMessage? The message, to be edited; nil for one without buttons.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local InlineChosenEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("inline_chosen", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function InlineChosenEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("inline_chosen", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function InlineChosenEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("inline_chosen", { priority = 1 }, function(event) event:stop() end)
---```
function InlineChosenEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineChosenEvent:to_table() end

---A message that was sent through the bot, inline. The bot can edit it, but doesn't know where it is.
---@class InlineMessage
---@field id string A text that names it, to be stored; the methods take it in its place.
---@field raw Object The id as Telegram describes it.
local InlineMessage = {}

---Replace its text, or its buttons: those that aren't given are taken away.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID
---```lua
---client:on("inline_chosen", function(event)
---  if event.message then event.message:edit("**Chosen:** " .. event.id) end
---end)
---```
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@overload fun(self: InlineMessage, options: EditOptions)
function InlineMessage:edit(text, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineMessage:to_table() end

---What a bot offers to client:inline_query.
---@class InlineResults
---@field results InlineResult[] The offers.
---@field query_id string Number of the query; a string, for it has 64 bits.
---@field next_offset string? There is more: the option offset, or found:more().
---@field gallery boolean Meant to be shown as a grid of pictures.
---@field cache_time integer For how many seconds the bot promises that the offers hold.
---@field valid boolean That time isn't over yet.
---@field switch_pm { text: string, start_param: string }? A button above the offers that opens the chat with the bot: { text, start_param }.
---@field bot Peer Whose offers they are.
---@field raw Object The results as Telegram describes them.
local InlineResults = {}

---Ask the bot for what comes after these offers; nil if there is nothing.
---
---Errors: BOT_RESPONSE_TIMEOUT
---```lua
---local page = client:inline_query("@gif", "cats")
---while page do
---  for _, result in ipairs(page.results) do print(result.type, result.title) end
---  page = page:more()
---end
---```
---@return InlineResults
function InlineResults:more() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineResults:to_table() end

---One of the offers of a bot.
---@class InlineResult
---@field id string What the bot calls it.
---@field type string What it is: article, photo, gif, video, audio, voice, file, sticker, geo, venue, contact or game.
---@field title string? Its title.
---@field description string? A line below the title.
---@field text string? What would be sent, without formatting.
---@field url string? A link that is shown, or where its file is on the web.
---@field photo Object? The photo, as Telegram describes it.
---@field document Object? The file, as Telegram describes it.
---@field file File? The photo or file that Telegram has, for client:download_media; nil for those on the web: url.
---@field message Object What would be sent, as Telegram describes it.
---@field raw Object The offer as Telegram describes it.
local InlineResult = {}

---Send the offer. Returns the message.
---
---Errors: INLINE_RESULT_EXPIRED, CHAT_WRITE_FORBIDDEN
---```lua
---local found = client:inline_query("@gif", "cats")
---found.results[1]:click("@friend", { silent = true })
---```
---@param chat? Target Where to; the chat that was asked for if not given.
---@param options? ResultClickOptions How.
---@return Message
---@overload fun(self: InlineResult, options: ResultClickOptions): Message
function InlineResult:click(chat, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InlineResult:to_table() end

---A payment that waits for the bot's word, as the handlers of `pre_checkout` get it.
---@class PreCheckoutEvent
---@field id string Number of the query; a string, for it has 64 bits.
---@field payload string The payload of the invoice.
---@field matches string[] What the captures of the `pattern` filter matched in the payload.
---@field currency string Three letters; XTR are Stars.
---@field total_amount integer How much, in the smallest unit of the currency.
---@field info { name: string, phone: string, email: string, address?: table } What the person said for the order.
---@field shipping_option_id string? How it shall be shipped.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PreCheckoutEvent = {}

---Let the person pay. The event payment follows.
---
---Errors: QUERY_ID_INVALID
---```lua
---event:accept()
---```
function PreCheckoutEvent:accept() end

---Don't let the person pay, and say why.
---
---Errors: QUERY_ID_INVALID
---```lua
---event:refuse("Sold out.")
---```
---@param reason string What the person is told.
function PreCheckoutEvent:refuse(reason) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("pre_checkout", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PreCheckoutEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("pre_checkout", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PreCheckoutEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("pre_checkout", { priority = 1 }, function(event) event:stop() end)
---```
function PreCheckoutEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PreCheckoutEvent:to_table() end

---An address, as the handlers of `shipping` get it.
---@class ShippingEvent
---@field id string Number of the query; a string, for it has 64 bits.
---@field payload string The payload of the invoice.
---@field matches string[] What the captures of the `pattern` filter matched in the payload.
---@field address { street1: string, street2: string, city: string, state: string, country: string, post_code: string } Where to.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local ShippingEvent = {}

---Give the ways to ship, and what they cost.
---
---Errors: QUERY_ID_INVALID
---```lua
---event:answer({ { id = "post", title = "By post", price = 500 }, { id = "fast", title = "By bike", price = 900 } })
---```
---@param ways { id: string, title: string, price: integer|table }[] List of { id, title, price }; a price is an amount, or a list of { label, amount }.
function ShippingEvent:answer(ways) end

---Say why nothing can be shipped there.
---
---Errors: QUERY_ID_INVALID
---```lua
---event:refuse("Too far.")
---```
---@param reason string What the person is told.
function ShippingEvent:refuse(reason) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("shipping", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function ShippingEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("shipping", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function ShippingEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("shipping", { priority = 1 }, function(event) event:stop() end)
---```
function ShippingEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ShippingEvent:to_table() end

---Money that has come in, as the handlers of `payment` get it.
---@class PaymentEvent
---@field payload string The payload of the invoice.
---@field matches string[] What the captures of the `pattern` filter matched in the payload.
---@field currency string Three letters; XTR are Stars.
---@field total_amount integer How much, in the smallest unit of the currency.
---@field charge_id string What names the payment, for client:refund_stars: keep it.
---@field provider_charge_id string? What the payment provider calls it.
---@field info { name: string, phone: string, email: string, address?: table } What the person said for the order.
---@field shipping_option_id string? How it shall be shipped.
---@field subscription_until integer? Until when a subscription is paid: seconds since 1970.
---@field is_recurring boolean A further payment of a subscription.
---@field message Message The service message that tells of it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PaymentEvent = {}

---Give the Stars back.
---
---Errors: CHARGE_ALREADY_REFUNDED
---```lua
---event:refund()
---```
function PaymentEvent:refund() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("payment", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PaymentEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("payment", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PaymentEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("payment", { priority = 1 }, function(event) event:stop() end)
---```
function PaymentEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PaymentEvent:to_table() end

---What a mini app has sent, as the handlers of `web_app_data` get it.
---@class WebAppDataEvent
---@field data string What it has sent. A person may have made it up.
---@field matches string[] What the captures of the `pattern` filter matched in the data.
---@field button_text string What was written on the button.
---@field message Message The service message that tells of it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local WebAppDataEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("web_app_data", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function WebAppDataEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("web_app_data", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function WebAppDataEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("web_app_data", { priority = 1 }, function(event) event:stop() end)
---```
function WebAppDataEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function WebAppDataEvent:to_table() end

---A choice of people or chats, as the handlers of `peers_shared` get it.
---@class PeersSharedEvent
---@field button_id integer The option id of the button.
---@field peers Peer[] Who or what was chosen. The bot may not be able to write to them.
---@field message Message The service message that tells of it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PeersSharedEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("peers_shared", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PeersSharedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("peers_shared", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PeersSharedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("peers_shared", { priority = 1 }, function(event) event:stop() end)
---```
function PeersSharedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PeersSharedEvent:to_table() end

---A conversation that goes on: see client:conversation. Each wait looks first at what has come already, so nothing is missed between two waits.
---@class Conversation
---@field chat Peer Where it is.
---@field with Peer? Who counts, if not everybody.
---@field last Message? The message that was received last.
local Conversation = {}

---Send a message in the conversation's chat.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Are you there?")
---  print(conv:get_response().raw_text)
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? SendOptions How to say it.
---@return Message
function Conversation:send_message(message, options) end

---Send a file, or an album, in the conversation's chat.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_CHANGED, FILE_TOO_LARGE, FILE_EMPTY, PEER_UNKNOWN, FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_file("files/contract.pdf", { caption = "Do you agree?" })
---  print(conv:get_reply().raw_text)
---end)
---```
---@param file FileSource|FileSource[] What: a file, or a list of them.
---@param options? SendFileOptions How.
---@return Message
function Conversation:send_file(file, options) end

---Mark what was received as read.
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Write something!")
---  conv:get_response()
---  conv:mark_read()
---end)
---```
---@param message? MessageID The last message that was read; the one received last if not given.
function Conversation:mark_read(message) end

---Wait for the next message of the other side after a message, by default the one that was sent last. Messages come in order, each once.
---
---Errors: TIMEOUT, CANCELLED, TOO_MANY_MESSAGES
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Two words, please, in two messages.")
---  local first = conv:get_response()
---  local second = conv:get_response({ timeout = "5m" })
---  conv:send_message(first.raw_text .. " " .. second.raw_text)
---end)
---```
---@param message? MessageID Which message it is about; the one that was sent last if not given.
---@param options? WaitOptions How long.
---@return Message
---@overload fun(self: Conversation, options: WaitOptions): Message
function Conversation:get_response(message, options) end

---Wait for a message that quotes another, by default the one that was sent last.
---
---Errors: TIMEOUT, CANCELLED, TOO_MANY_MESSAGES
---```lua
---client:conversation("Friends", function(conv)
---  conv:send_message("Reply to this message!")
---  print(conv:get_reply().sender.name)
---end)
---```
---@param message? MessageID Which message it is about; the one that was sent last if not given.
---@param options? WaitOptions How long.
---@return Message
---@overload fun(self: Conversation, options: WaitOptions): Message
function Conversation:get_reply(message, options) end

---Wait until the other side changes a message: the one given, if it is theirs, else any that came after the one given, by default after the one that was sent last.
---
---Errors: TIMEOUT, CANCELLED
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Write something, and change it.")
---  local before = conv:get_response()
---  print(before.raw_text, conv:get_edit(before).raw_text)
---end)
---```
---@param message? MessageID Which message it is about; the one that was sent last if not given.
---@param options? WaitOptions How long.
---@return Message
---@overload fun(self: Conversation, options: WaitOptions): Message
function Conversation:get_edit(message, options) end

---Wait until the other side has read a message, by default the one that was sent last. Returns at once if it has.
---
---Errors: TIMEOUT, CANCELLED
---```lua
---client:conversation("@friend", function(conv)
---  local sent = conv:send_message("Read this.")
---  conv:wait_read()
---  sent:delete()
---end)
---```
---@param message? MessageID Which message it is about; the one that was sent last if not given.
---@param options? WaitOptions How long.
---@overload fun(self: Conversation, options: WaitOptions)
function Conversation:wait_read(message, options) end

---Wait for an event of any kind, wherever it happens. Handlers get it, too.
---
---Errors: TIMEOUT, CANCELLED
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Say hello in the group!")
---  conv:wait_event("message", { chats = "Friends", pattern = "hello" }, { timeout = "10m" })
---  conv:send_message("Thank you.")
---end)
---```
---@param event EventName Name of the event.
---@param filters? table Which events: the filters that client:on has for it.
---@param options? WaitOptions How long.
---@return any
---@overload fun(self: Conversation, event: EventName, options: WaitOptions): any
function Conversation:wait_event(event, filters, options) end

---Wait until the other side presses an inline button below a message of the conversation. Handlers don't get that press. Answer it: the person's app waits, at the longest until the conversation ends.
---
---Errors: TIMEOUT, CANCELLED
---```lua
---client:conversation("@friend", function(conv)
---  conv:send_message("Tea?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
---  local press = conv:wait_click()
---  press:answer(press.data == "yes" and "Coming." or "Fine.")
---end)
---```
---@param message? MessageID Below which message; any that was sent in the conversation if not given.
---@param options? ConverseClickOptions Which press, and how long.
---@return CallbackEvent
---@overload fun(self: Conversation, options: ConverseClickOptions): CallbackEvent
function Conversation:wait_click(message, options) end

---Send a message and wait for the answer: the next message of the other side, or a press of an inline button of the question, which is answered.
---
---Errors: TIMEOUT, CANCELLED, ANSWER_REFUSED, TOO_MANY_MESSAGES
---```lua
---client:conversation("@friend", function(conv)
---  local colour = conv:ask("Which colour?", { buttons = { { text = "Red", data = "red" }, { text = "Blue", data = "blue" } } })
---  local size = conv:ask("Which size?", { check = function(answer) return answer.raw_text:match("^[SML]$"), "S, M or L?" end, tries = 3 })
---  conv:send_message((colour.data or colour.raw_text) .. ", " .. size.raw_text)
---end)
---```
---@param question string|FormattedText|Message What to ask.
---@param options? ConverseAskOptions How to ask, which answers are good, and how long to wait.
---@return Message|CallbackEvent
function Conversation:ask(question, options) end

---End the conversation: whatever waits in it raises CANCELLED, now and later. Handlers get what comes from now on.
---```lua
---client:conversation("@friend", function(conv)
---  tg.after("10m", function() conv:cancel() end)
---  conv:send_message("Ten minutes from now on!")
---  while true do conv:get_response({ timeout = 0 }):reply("Go on...") end
---end)
---```
function Conversation:cancel() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Conversation:to_table() end

---A long dialog as named steps: see tg.dialog.
---@class StepDialog
---@field name string Its name.
local StepDialog = {}

---Run the first step with a person. Where they are in this dialog already, it begins anew.
---
---Errors: PEER_UNKNOWN
---```lua
---local survey = tg.dialog("survey", {
---  start = function(_, data) client:send_message(data.who, "How was it?") return "answer" end,
---  answer = function(event, data) print(data.who, event.raw_text) end,
---})
---survey:start("@friend", { who = "@friend" })
---```
---@param event Target The message that it begins with, or a person: then the first step gets no event.
---@param data? table What the dialog knows from the start.
function StepDialog:start(event, data) end

---End the dialog with a person. Returns whether they were in it.
---
---Errors: PEER_UNKNOWN
---```lua
---local survey = tg.dialog("survey", { start = function(event) return "start" end })
---client:command("enough", function(event) survey:stop(event) end)
---```
---@param event Target A message of the person, or the person.
---@return boolean
function StepDialog:stop(event) end

---Where the dialog with a person stands; nil if there is none.
---
---Errors: PEER_UNKNOWN
---```lua
---local survey = tg.dialog("survey", { start = function(event) return "start" end })
---client:command("where", function(event)
---  local state = survey:state(event)
---  event:reply(state and state.step or "nowhere")
---end)
---```
---@param event Target A message of the person, or the person.
---@return { chat_id: integer, user_id: integer, step: string, data: table, since: integer }|nil
function StepDialog:state(event) end

---List where the dialog stands with everybody who is in it.
---```lua
---local survey = tg.dialog("survey", { start = function(event) return "start" end })
---for _, state in ipairs(survey:list()) do print(state.user_id, state.step) end
---```
---@return { chat_id: integer, user_id: integer, step: string, data: table, since: integer }[]
function StepDialog:list() end

---Give a message to the dialog, as it does by itself with each that comes. Returns false if its author is in no such dialog there.
---```lua
---local sign_up = tg.dialog("sign up", { start = function(event) event:respond("Name?") return "name" end, name = function() end })
---client:on("message", { priority = 1 }, function(event) print(sign_up:feed(event)) end)
---```
---@param event Message The message.
---@return boolean
function StepDialog:feed(event) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function StepDialog:to_table() end

---All that Telegram tells of a user, group or channel. Fields that make no sense for one are nil or false; raw has whatever has no field of its own.
---@class FullPeer
---@field peer Peer Whom it is about.
---@field id integer Marked id.
---@field about string? Description of a chat, or what users write of themselves.
---@field pinned_message_id integer? Id of the message that was pinned last.
---@field linked_chat_id integer? The discussion group of a channel, or the channel that a group discusses.
---@field invite_link string? The permanent invite link, for admins.
---@field ttl_period integer? After how many seconds messages delete themselves.
---@field participants_count integer? How many members.
---@field admins_count integer? How many admins, for admins.
---@field kicked_count integer? How many are kept out, for admins.
---@field banned_count integer? How many are restricted, for admins.
---@field online_count integer? How many are online.
---@field slow_mode integer? How many seconds members wait between two messages.
---@field slow_mode_until integer? When this account may write again.
---@field available_reactions "all"|"none"|(string|integer)[]|nil Which reactions are allowed: "all", "none", or a list.
---@field sticker_set string? Short name of the group's sticker set.
---@field history_hidden boolean New members don't see what was written before.
---@field members_hidden boolean Only admins see who is a member.
---@field anti_spam boolean Telegram's own spam filter is on.
---@field can_view_stats boolean Whether this account may see statistics.
---@field requests_pending integer? How many ask to be let in, for admins.
---@field migrated_from integer? The basic group that this supergroup was made of.
---@field address string? Where the group is at home.
---@field is_blocked boolean This account has blocked them.
---@field common_chats_count integer? How many groups this account and the user are both in.
---@field birthday Object Birthday of a user, where shown.
---@field personal_channel_id integer? The channel that a user shows.
---@field bot_description string? What a bot says before the first message.
---@field raw Object As Telegram describes it.
local FullPeer = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function FullPeer:to_table() end

---Somebody's place in a group or channel: since when, by whom, and what they may do.
---@class Participant
---@field user Peer Who it is; groups and channels may be banned, too.
---@field user_id integer Their marked id.
---@field chat Peer Where.
---@field role "creator"|"admin"|"member"|"restricted"|"banned"|"left" What they are there.
---@field rank string? The title beside their name.
---@field date number? When they joined, or were restricted or banned; nil where Telegram doesn't say.
---@field inviter_id integer? Who has brought them, where Telegram says so.
---@field promoted_by integer? Who has made them an admin.
---@field banned_by integer? Who has restricted or banned them.
---@field until_date number? Until when they are restricted or banned; nil for good.
---@field can_edit boolean Whether this account may change their rights as an admin.
---@field is_creator boolean The chat is theirs.
---@field is_admin boolean The creator or an admin.
---@field is_banned boolean Kept out or restricted.
---@field admin_rights Object What an admin may do.
---@field banned_rights Object What a restricted or banned one may not do.
---@field raw Object As Telegram describes it.
local Participant = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Participant:to_table() end

---What somebody may do in a chat, all rules taken together: what admins may, what members may, and what was taken from this one.
---@class Permissions
---@field is_creator boolean The chat is theirs.
---@field is_admin boolean The creator or an admin.
---@field has_default_permissions boolean Nothing but the rights of all members counts for them.
---@field is_banned boolean Kept out or restricted.
---@field has_left boolean Was there and isn't any more.
---@field participant Participant Their place in the chat; nil for the rights of all members.
---@field default_banned_rights Object What members are kept from, as Telegram describes it.
---@field change_info boolean May change title, photo and description.
---@field post_messages boolean May write in a channel.
---@field edit_messages boolean May edit what others wrote in a channel.
---@field delete_messages boolean May delete what others wrote.
---@field ban_users boolean May restrict and ban.
---@field invite_users boolean May add members and make invite links.
---@field pin_messages boolean May pin messages.
---@field add_admins boolean May name further admins.
---@field anonymous boolean May write in the name of the group.
---@field manage_call boolean May lead video chats.
---@field other boolean May see statistics, the admin log and hidden members.
---@field manage_topics boolean May make and close topics.
---@field post_stories boolean May post stories.
---@field edit_stories boolean May edit stories of others.
---@field delete_stories boolean May delete stories of others.
---@field manage_direct_messages boolean May answer what is written to a channel.
---@field view_messages boolean May be in the chat at all.
---@field send_messages boolean May write anything.
---@field send_media boolean May send media of any kind.
---@field send_stickers boolean May send stickers.
---@field send_gifs boolean May send GIFs.
---@field send_games boolean May send games.
---@field send_inline boolean May use inline bots.
---@field embed_link_previews boolean May have previews of links.
---@field send_polls boolean May send polls.
---@field send_photos boolean May send photos.
---@field send_videos boolean May send videos.
---@field send_round_videos boolean May send round videos.
---@field send_audios boolean May send music.
---@field send_voices boolean May send voice messages.
---@field send_docs boolean May send files.
---@field send_plain boolean May write text.
local Permissions = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Permissions:to_table() end

---An entry of an admin log: somebody did something. One of the flags is true, kind names it; old and new are what was so before and after.
---@class AdminLogEvent
---@field id integer Id of the entry; a string where Lua's numbers aren't exact.
---@field date number When it was done.
---@field user_id integer Who did it.
---@field user Peer Who did it.
---@field chat Peer Where.
---@field kind string The name of the flag that is true.
---@field action Object What was done, as Telegram describes it.
---@field old string|number|boolean|Message|Participant|Object|string[]|nil What was so before: text, a number, true or false, a message, a participant, or a value of Telegram's types.
---@field new string|number|boolean|Message|Participant|Object|string[]|nil What is so since then, of the same types.
---@field raw Object As Telegram describes it.
---@field changed_about boolean The description was changed.
---@field changed_title boolean The title was changed.
---@field changed_username boolean The public name was changed.
---@field changed_usernames boolean The list of public names was changed.
---@field changed_photo boolean The photo was changed.
---@field changed_sticker_set boolean The sticker set was changed.
---@field changed_emoji_set boolean The set of custom emoji was changed.
---@field changed_message boolean A message was edited.
---@field deleted_message boolean A message was deleted.
---@field sent_message boolean A message was sent in the name of the chat.
---@field changed_admin boolean The rights of an admin were changed.
---@field changed_rank boolean The title of a member was changed.
---@field changed_restrictions boolean Somebody was restricted or banned, or that was lifted.
---@field changed_invites boolean Whether members may add others was changed.
---@field changed_location boolean The place of the group was changed.
---@field joined boolean Somebody joined by the public name.
---@field joined_invite boolean Somebody was added by another one.
---@field joined_by_invite boolean Somebody joined by an invite link.
---@field joined_by_request boolean Somebody was let in who had asked.
---@field left boolean Somebody left.
---@field changed_hide_history boolean Whether new members see what was written before was changed.
---@field changed_signatures boolean Whether posts are signed was changed.
---@field changed_signature_profiles boolean Whether signatures lead to profiles was changed.
---@field changed_pin boolean A message was pinned or unpinned.
---@field changed_default_banned_rights boolean What members may do was changed.
---@field changed_slow_mode boolean The slow mode was changed.
---@field changed_linked_chat boolean The discussion group was changed.
---@field changed_no_forwards boolean Whether content is protected was changed.
---@field changed_reactions boolean Which reactions are allowed was changed.
---@field changed_forum boolean Topics were switched on or off.
---@field created_topic boolean A topic was made.
---@field edited_topic boolean A topic was changed.
---@field deleted_topic boolean A topic was deleted.
---@field pinned_topic boolean A topic was pinned or unpinned.
---@field changed_anti_spam boolean The spam filter was switched on or off.
---@field changed_translation boolean Automatic translation was switched on or off.
---@field changed_color boolean The colour was changed.
---@field changed_profile_color boolean The colour of the profile was changed.
---@field changed_wallpaper boolean The wallpaper was changed.
---@field changed_emoji_status boolean The emoji status was changed.
---@field stopped_poll boolean A poll was closed.
---@field started_group_call boolean A video chat was begun.
---@field discarded_group_call boolean A video chat was ended.
---@field user_muted boolean Somebody was muted in a video chat.
---@field user_unmuted boolean Somebody was unmuted in a video chat.
---@field changed_user_volume boolean The volume of somebody in a video chat was changed.
---@field changed_call_settings boolean Whether people are muted when they enter a video chat was changed.
---@field changed_history_ttl boolean After which time messages delete themselves was changed.
---@field deleted_exported_invite boolean A revoked invite link was deleted.
---@field edited_exported_invite boolean An invite link was changed.
---@field revoked_exported_invite boolean An invite link was revoked.
---@field extended_subscription boolean A paid membership was extended.
local AdminLogEvent = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function AdminLogEvent:to_table() end

---What became of an attempt to join a chat.
---@class JoinResult
---@field chat Peer The chat; nil while admins decide about a request that was made by an invite link.
---@field joined boolean Whether the account is in the chat now.
---@field requested boolean Whether admins were asked and have to decide.
---@field already boolean Whether the account was in the chat before.
local JoinResult = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function JoinResult:to_table() end

---Somebody who could not be added to a chat, because they don't let others do that. An invite link may be sent to them.
---@class MissingInvitee
---@field user Peer Who.
---@field user_id integer Their id.
---@field premium_would_help boolean They let Premium users add them.
---@field premium_to_write boolean They take messages from Premium users only.
local MissingInvitee = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function MissingInvitee:to_table() end

---A link by which people join a chat.
---@class InviteLink
---@field link string The link.
---@field title string? Its name, which only admins see.
---@field chat Peer Where it leads to.
---@field admin Peer Who has made it.
---@field admin_id integer Who has made it.
---@field date number When it was made.
---@field expire_date number? When it ends; nil for never.
---@field limit integer? How many may join by it; nil for any number.
---@field usage integer How many have joined by it.
---@field requested integer How many wait for an admin's answer.
---@field request_needed boolean Admins are asked.
---@field permanent boolean The link that a chat has from the beginning, or that export_invite_link made.
---@field revoked boolean It leads nowhere any more.
---@field raw Object As Telegram describes it.
local InviteLink = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function InviteLink:to_table() end

---Somebody who has joined by an invite link, or asks to be let in.
---@class Joiner
---@field user Peer Who.
---@field user_id integer Their id.
---@field chat Peer Where.
---@field date number When they joined or asked.
---@field requested boolean Waits for an admin's answer.
---@field about string? What they write of themselves, of those who ask.
---@field approved_by integer? Who has let them in.
---@field raw Object As Telegram describes it.
local Joiner = {}

---Let them in.
---
---Errors: USER_ALREADY_PARTICIPANT, HIDE_REQUESTER_MISSING
---```lua
---for joiner in client:iter_join_requests("@my_group") do joiner:approve() end
---```
function Joiner:approve() end

---Turn them away.
---
---Errors: HIDE_REQUESTER_MISSING
---```lua
---for joiner in client:iter_join_requests("@my_group") do
---  if not joiner.about then joiner:decline() end
---end
---```
function Joiner:decline() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Joiner:to_table() end

---What an invite link leads to, seen from outside.
---@class Invitation
---@field title string Title of the chat.
---@field chat Peer The chat, if the account is in it or may look into it.
---@field joined boolean Whether the account is in the chat.
---@field about string? Description of the chat.
---@field participants_count integer How many members it has.
---@field request_needed boolean Admins decide.
---@field is_channel boolean It leads to a channel.
---@field until_date number? How long the account may look into the chat without joining.
---@field raw Object As Telegram describes it, for a chat that the account isn't in.
local Invitation = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Invitation:to_table() end

---A topic of a forum. The topic General has the id 1.
---@class Topic
---@field id integer Its id: that of the message which tells that it was made.
---@field title string Its title.
---@field chat Peer Where it is.
---@field date number When it was made.
---@field icon_color integer Colour of its icon as 0xRRGGBB.
---@field icon_emoji_id integer? Id of the custom emoji that is its icon, as a string of digits where Lua's numbers aren't exact.
---@field top_message_id integer Id of its last message.
---@field unread_count integer How many messages in it aren't read.
---@field unread_mentions_count integer How many of them mention this account.
---@field is_closed boolean Only admins write in it.
---@field is_hidden boolean It isn't shown; only General can be hidden.
---@field is_pinned boolean It stands above the others.
---@field is_mine boolean This account has made it.
---@field raw Object As Telegram describes it.
local Topic = {}

---Change the topic: its title, its icon, whether it is closed or hidden.
---
---Errors: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED
---```lua
---for topic in client:iter_topics("@my_forum") do topic:edit({ closed = true }) end
---```
---@param options TopicChange What changes.
function Topic:edit(options) end

---Delete the topic with all its messages. Returns how many these were.
---
---Errors: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED
---```lua
---client:get_topics("@my_forum", { ids = 12 })[1]:delete()
---```
---@return integer
function Topic:delete() end

---Put the topic above the others.
---
---Errors: PINNED_TOO_MUCH, CHAT_ADMIN_REQUIRED
---```lua
---client:create_topic("@my_forum", "Rules"):pin()
---```
function Topic:pin() end

---Take the topic from above the others.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---client:get_topics("@my_forum", { ids = 12 })[1]:unpin()
---```
function Topic:unpin() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Topic:to_table() end

---A chat in the account's list. It may stand wherever a chat is asked for.
---@class Dialog
---@field id integer Marked id of the chat.
---@field name string What the list shows.
---@field title string The same as name.
---@field entity Peer The user, group or channel.
---@field message Message? The newest message.
---@field date integer? When the newest message was sent: seconds since 1970.
---@field pinned boolean Kept at the top of the list.
---@field archived boolean In the archive.
---@field folder_id integer 1 for the archive, else 0.
---@field unread_count integer How many messages are not read.
---@field unread_mentions_count integer How many of them mention this account.
---@field unread_reactions_count integer How many reactions to messages of this account were not seen.
---@field unread_mark boolean Marked as unread by hand.
---@field read_inbox_max_id integer The last message that this account has read.
---@field read_outbox_max_id integer The last message of this account that others have read.
---@field muted_until integer? When it will be heard again: seconds since 1970.
---@field draft Draft? What was begun to be written there.
---@field is_user boolean With a person or bot.
---@field is_group boolean A group or supergroup.
---@field is_channel boolean A channel, where only admins write.
---@field raw Object The chat's place in the list as Telegram describes it.
local Dialog = {}

---Send a message there, as client:send_message does.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---for dialog in client:iter_dialogs({ limit = 1 }) do
---  dialog:send_message("Hello!")
---end
---```
---@param message string|FormattedText|Message What to say: text, or a message to copy.
---@param options? SendOptions How to say it.
---@return Message
function Dialog:send_message(message, options) end

---Take the chat out of the list: a group or channel is left, of other chats the messages are deleted.
---```lua
---for dialog in client:iter_dialogs() do
---  if dialog.entity.is_deleted then dialog:delete() end
---end
---```
---@param options? RevokeOptions For whom.
function Dialog:delete(options) end

---Move the chat into the archive, or out of it.
---```lua
---for dialog in client:iter_dialogs({ archived = false }) do
---  if dialog.unread_count == 0 and dialog.is_channel then dialog:archive() end
---end
---```
---@param on? boolean false takes it back; true if not given.
function Dialog:archive(on) end

---Keep the chat at the top of the list, or no longer.
---
---Errors: PINNED_DIALOGS_TOO_MUCH
---```lua
---local dialog = client:get_dialogs({ limit = 1 })[1]
---dialog:pin()
---dialog:pin(false)
---```
---@param on? boolean false takes it back; true if not given.
function Dialog:pin(on) end

---Mark everything there as read.
---```lua
---for dialog in client:iter_dialogs() do
---  if dialog.unread_count > 0 and dialog.is_channel then dialog:mark_read() end
---end
---```
function Dialog:mark_read() end

---Mark the chat as unread, or take the mark away.
---```lua
---client:get_dialogs({ limit = 1 })[1]:mark_unread()
---```
---@param on? boolean false takes it back; true if not given.
function Dialog:mark_unread(on) end

---Keep the chat quiet.
---```lua
---for dialog in client:iter_dialogs() do
---  if dialog.is_group then dialog:mute("8h") end
---end
---```
---@param until_date? Until How long, or until when; for good if not given.
function Dialog:mute(until_date) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Dialog:to_table() end

---What was begun to be written in a chat, on any of the account's devices. It tells what was there when it was asked for.
---@class Draft
---@field entity Peer The chat.
---@field chat_id integer Marked id of the chat.
---@field text string What was written, with its formatting as Markdown.
---@field raw_text string What was written, without formatting.
---@field entities TextEntity[] The formatting, as of a message.
---@field date integer? When it was written: seconds since 1970.
---@field link_preview boolean Shows a preview of the first link.
---@field reply_to_msg_id integer? The message that it answers.
---@field is_empty boolean There is nothing.
---@field raw Object The draft as Telegram describes it.
local Draft = {}

---Replace the draft.
---```lua
---for draft in client:iter_drafts() do
---  draft:set_message(draft.text .. "\n\n(to be finished)")
---end
---```
---@param text string|FormattedText What it says; nothing takes it away.
---@param options? DraftOptions How it is read.
function Draft:set_message(text, options) end

---Send the draft as a message.
---
---Errors: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN
---```lua
---for _, draft in ipairs(client:get_drafts()) do draft:send() end
---```
---@param options? DraftSendOptions What becomes of it.
---@return Message
function Draft:send(options) end

---Take the draft away.
---```lua
---for draft in client:iter_drafts() do draft:delete() end
---```
function Draft:delete() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Draft:to_table() end

---A folder that the account has made: a view of its chats.
---@class Folder
---@field id integer Number of the folder.
---@field title string Its name.
---@field emoticon string? The emoji of its picture.
---@field is_shared boolean Others can be invited to it.
---@field contacts boolean Has chats with all contacts.
---@field non_contacts boolean Has chats with all other people.
---@field groups boolean Has all groups.
---@field channels boolean Has all channels.
---@field bots boolean Has all bots.
---@field exclude_muted boolean Without muted chats.
---@field exclude_read boolean Without chats that are read.
---@field exclude_archived boolean Without archived chats.
---@field pinned Peer[] Chats at its top.
---@field include Peer[] Chats that are in it whatever their kind.
---@field exclude Peer[] Chats that are not in it whatever their kind.
local Folder = {}

---Change the folder.
---
---Errors: FILTER_INCLUDE_EMPTY, PEER_UNKNOWN
---```lua
---local folder = client:get_folders()[1]
---folder:edit({ title = "Play", bots = true })
---```
---@param options FolderOptions What is different; the rest stays.
---@return Folder
function Folder:edit(options) end

---Delete the folder. Its chats stay.
---```lua
---for _, folder in ipairs(client:get_folders()) do
---  if folder.title == "Old" then folder:delete() end
---end
---```
function Folder:delete() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Folder:to_table() end

---A device on which the account is signed in.
---@class Session
---@field hash string What stands for it; a string, for it has 64 bits.
---@field current boolean The session that this script uses.
---@field official boolean An app of Telegram's own.
---@field password_pending boolean The code was right, the password is still missing.
---@field device string Model of the device.
---@field platform string? What it runs.
---@field system string Version of its system.
---@field app string Name of the app.
---@field app_version string Version of the app.
---@field api_id integer Application id of the app.
---@field created integer When it was signed in: seconds since 1970.
---@field active integer When it was last used: seconds since 1970.
---@field ip string Its address when it was last used.
---@field country string Where that is.
---@field raw Object The session as Telegram describes it.
local Session = {}

---Sign the device out. Telegram refuses that to a session that is younger than a day.
---
---Errors: PERMISSION_DENIED, FRESH_RESET_AUTHORISATION_FORBIDDEN, HASH_INVALID
---```lua
---for _, session in ipairs(client:get_sessions()) do
---  if session.app == "Unknown" then session:terminate() end
---end
---```
function Session:terminate() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Session:to_table() end

---A limit of a script's own, made by tg.limit. It is forgotten when the script is reloaded.
---@class Limit
---@field rate string How many in which time.
local Limit = {}

---Take the next place and wait for it. Returns how many seconds that took.
---
---Errors: LIMIT_WAIT
---```lua
---local slow = tg.limit("20/m")
---for _, name in ipairs({ "@alice", "@bob" }) do
---  slow:wait()
---  client:send_message(name, "Good morning")
---end
---```
---@param key? string|number|Peer|Message What is counted: a chat, a person, any text; everything together if not given.
---@param options? LimitWaitOptions How long.
---@return Duration
---@overload fun(self: Limit, options: LimitWaitOptions): Duration
function Limit:wait(key, options) end

---Take a place if one is free. Returns whether one was; it never waits.
---```lua
---local once = tg.limit("1/h")
---if once:try("report") then client:send_message("me", "An hourly report") end
---```
---@param key? string|number|Peer|Message What is counted.
---@return boolean
function Limit:try(key) end

---How many seconds it is until the next free place; none is taken.
---```lua
---local slow = tg.limit("1/m")
---print(slow:left("alice"))
---```
---@param key? string|number|Peer|Message What is counted.
---@return Duration
function Limit:left(key) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Limit:to_table() end

---Telegram's whole API, method by method: https://core.telegram.org/methods. `client.api.messages.getHistory{ peer = "me", limit = 10 }` calls one with its parameters by their names. What is optional may be left out, and so may hash, random_id and where a list begins. Where Telegram wants a peer, anything is taken that other methods take for a chat; objects are what answers have shown, or tables with the constructor as `_`; 64-bit numbers are numbers or strings of digits; bytes are strings.
---@class Api
---@overload fun(calls: table, options?: BatchOptions): any[]
local Api = {}

---Make several calls at once: they go out one after another without waiting for each other's answers, and Telegram carries them out in this order. All are checked before the first is made. Returns the answers in the same order. If calls fail, the error BATCH is raised, with the lists `answers` and `errors`, which have false where there is none.
---
---Errors: BATCH, ARGUMENT, UNKNOWN_NAME, PERMISSION_DENIED
---```lua
---local answers = client.api{
---  { "messages.sendMessage", { peer = "me", message = "one" } },
---  { "messages.sendMessage", { peer = "me", message = "two" } },
---}
---tg.log(#answers)
---```
---@param calls table A list of calls, each { "messages.sendMessage", { peer = "me", message = "hi" } }, or a table with the method as _.
---@param options? BatchOptions How the calls are made.
---@return any[]
function Api:batch(calls, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Api:to_table() end

---One method of Telegram's API. Calling it with a table of its parameters calls Telegram.
---@class ApiMethod
---@overload fun(arguments?: table, options?: CallOptions): any
local ApiMethod = {}

---Call the method, and wait for Telegram's answer.
---
---Errors: ARGUMENT, UNKNOWN_NAME, PERMISSION_DENIED, PEER_UNKNOWN, FLOOD_WAIT
---```lua
---local history = client.api.messages.getHistory{ peer = "me", limit = 10 }
---for _, message in ipairs(history.messages) do
---  tg.log(message._, message.id)
---end
---```
---@param arguments? table The parameters by their names in the schema.
---@param options? CallOptions How the call is made.
---@return any
---@overload fun(self: ApiMethod, options: CallOptions): any
function ApiMethod:call(arguments, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ApiMethod:to_table() end

---Messages of one chat that are gone.
---@class DeleteEvent
---@field deleted_ids integer[] Their numbers.
---@field deleted_id integer The first of them.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local DeleteEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("delete", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function DeleteEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("delete", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function DeleteEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("delete", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function DeleteEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("delete", { priority = 1 }, function(event) event:stop() end)
---```
function DeleteEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function DeleteEvent:to_table() end

---Messages that were read.
---@class ReadEvent
---@field inbox boolean What others wrote, read by this account.
---@field outbox boolean What this account wrote, read by others.
---@field max_id integer? All up to this message; nil for contents.
---@field contents boolean The media of some messages was played or looked at.
---@field message_ids integer[] Which ones, for contents.
---@field unread_count integer How many are left that this account hasn't read.
---@field topic_id integer? Topic, or post with comments, that it is about.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local ReadEvent = {}

---Whether a message of the chat is read now.
---```lua
---local sent = client:send_message("@friend", "Dinner?")
---client:on("read", { inbox = false, chats = "@friend" }, function(event)
---  if event:is_read(sent) then tg.log("seen") end
---end)
---```
---@param message MessageID Which one.
---@return boolean
function ReadEvent:is_read(message) end

---Fetch the messages whose contents were read, or the last one that was read.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("read", function(event)
---  for _, message in ipairs(event:get_messages()) do print(message.text) end
---end)
---```
---@return Message[]
function ReadEvent:get_messages() end

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("read", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ReadEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("read", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function ReadEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("read", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function ReadEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("read", { priority = 1 }, function(event) event:stop() end)
---```
function ReadEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ReadEvent:to_table() end

---What somebody did to a chat.
---@class ChatActionEvent
---@field action string What was done, in one word: joined, new_title, new_pin; else the name of the service message.
---@field action_message Message? The service message; nil for what comes without one.
---@field user_joined boolean Somebody came by themselves, or by a link.
---@field user_added boolean Somebody was added by another.
---@field user_left boolean Somebody went.
---@field user_kicked boolean Somebody was thrown out.
---@field users Peer[] Who came or went, or was there from the beginning.
---@field user_ids integer[] Their ids.
---@field user Peer? The first of them.
---@field user_id integer? The id of the first.
---@field added_by Peer? Who added them.
---@field kicked_by Peer? Who threw them out.
---@field created boolean The chat was made.
---@field new_title string? What the chat is called now.
---@field new_photo boolean The picture is another, or was taken away.
---@field photo Object? The picture, as Telegram describes it.
---@field new_pin boolean A message was pinned.
---@field unpin boolean Messages are pinned no longer.
---@field pinned_ids integer[] The numbers of those messages.
---@field new_score integer? What somebody has got in a game.
---@field topic_created boolean A topic was made.
---@field topic_edited Object? A topic was renamed, closed or opened: as Telegram describes it.
---@field topic_title string? What the topic is called now.
---@field migrated_to integer? The supergroup that the group has become.
---@field migrated_from integer? The group that the supergroup was.
---@field new_ttl integer? Seconds after which messages delete themselves now; 0 for never.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local ChatActionEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("chat_action", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ChatActionEvent:respond(message, options) end

---Say something in the chat, quoting the service message, if there is one.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---client:on("chat_action", { action = "new_title" }, function(event)
---  event:reply("A good name.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ChatActionEvent:reply(message, options) end

---Delete the service message. Returns whether Telegram deleted it.
---
---Errors: MESSAGE_DELETE_FORBIDDEN
---```lua
---client:on("chat_action", { action = "joined" }, function(event)
---  event:delete()
---end)
---```
---@param options? DeleteOptions For whom.
---@return boolean
function ChatActionEvent:delete(options) end

---Fetch the messages that were pinned, or are no longer.
---```lua
---client:on("chat_action", { action = "new_pin" }, function(event)
---  for _, message in ipairs(event:get_pinned_messages()) do print(message.text) end
---end)
---```
---@return Message[]
function ChatActionEvent:get_pinned_messages() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("chat_action", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function ChatActionEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("chat_action", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function ChatActionEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("chat_action", { priority = 1 }, function(event) event:stop() end)
---```
function ChatActionEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ChatActionEvent:to_table() end

---Messages that were sent as one.
---@class AlbumEvent
---@field messages Message[] The messages, in their order.
---@field partial boolean Parts may be missing: Telegram did not keep all that happened in the chat meanwhile, nor could it be asked for them.
---@field grouped_id string What they have in common; a string, for it has 64 bits.
---@field text string What is written below, with its formatting as Markdown.
---@field raw_text string What is written below, without formatting.
---@field out boolean Sent by this account.
---@field is_reply boolean Answers another message.
---@field forward Forward? Where it was forwarded from.
---@field own boolean Sent by this process; only with the filter `own`.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local AlbumEvent = {}

---Answer in the same chat, quoting the first message.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---client:on("album", function(event) event:reply("Nice pictures.") end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function AlbumEvent:reply(message, options) end

---Answer in the same chat, and topic, without quoting.
---
---Errors: CHAT_WRITE_FORBIDDEN
---```lua
---client:on("album", function(event) event:respond("Nice pictures.") end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function AlbumEvent:respond(message, options) end

---Forward the album to another chat, as an album.
---
---Errors: CHAT_FORWARDS_RESTRICTED, CHAT_WRITE_FORBIDDEN
---```lua
---client:on("album", function(event) event:forward_to("me") end)
---```
---@param chat Target Where to.
---@param options? ForwardOptions How.
---@return Message[]
function AlbumEvent:forward_to(chat, options) end

---Replace the text below.
---
---Errors: MESSAGE_NOT_MODIFIED, MESSAGE_AUTHOR_REQUIRED
---```lua
---client:on("album", { outgoing = true }, function(event) event:edit("Last summer") end)
---```
---@param text? string|FormattedText The new text; nil keeps it.
---@param options? EditOptions How it is read, and what else changes.
---@return Message
---@overload fun(self: AlbumEvent, options: EditOptions): Message
function AlbumEvent:edit(text, options) end

---Delete all its messages. Returns how many Telegram deleted.
---
---Errors: MESSAGE_DELETE_FORBIDDEN
---```lua
---client:on("album", function(event) event:delete() end)
---```
---@param options? DeleteOptions For whom.
---@return integer
function AlbumEvent:delete(options) end

---Mark the chat as read up to the album.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("album", function(event) event:mark_read() end)
---```
function AlbumEvent:mark_read() end

---Pin the first message.
---
---Errors: CHAT_ADMIN_REQUIRED
---```lua
---client:on("album", function(event) event:pin() end)
---```
---@return Message
function AlbumEvent:pin() end

---Fetch the message that the album answers; nil if it answers none, or that is gone.
---```lua
---client:on("album", function(event)
---  local answered = event:get_reply_message()
---  if answered then print(answered.text) end
---end)
---```
---@return Message
function AlbumEvent:get_reply_message() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("album", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function AlbumEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("album", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function AlbumEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("album", { priority = 1 }, function(event) event:stop() end)
---```
function AlbumEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function AlbumEvent:to_table() end

---What somebody does now.
---@class UserUpdateEvent
---@field action string What, in one word: typing, cancel, record_audio, upload_photo, online, offline.
---@field user Peer? Who.
---@field user_id integer? Their id.
---@field typing boolean Writes a text.
---@field uploading boolean Sends a file.
---@field recording boolean Speaks, or makes a video.
---@field playing boolean Plays a game.
---@field cancel boolean Does it no more.
---@field geo boolean Chooses a place.
---@field contact boolean Chooses a contact.
---@field audio boolean Speaks, or sends it.
---@field video boolean Makes a video, or sends it.
---@field round boolean Makes a round video, or sends it.
---@field document boolean Sends a file.
---@field sticker boolean Chooses a sticker.
---@field photo boolean Sends a picture.
---@field online boolean Is there.
---@field recently boolean Was there lately: they don't let us see when.
---@field within_weeks boolean Was there within a week.
---@field within_months boolean Was there within a month.
---@field until_date number? Until when they are taken to be online.
---@field last_seen number? When they were there last.
---@field progress integer? How much of a file has been sent: percent.
---@field topic_id integer? Topic of the forum.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local UserUpdateEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("user_update", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function UserUpdateEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("user_update", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function UserUpdateEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("user_update", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function UserUpdateEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("user_update", { priority = 1 }, function(event) event:stop() end)
---```
function UserUpdateEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function UserUpdateEvent:to_table() end

---What of somebody has changed.
---@class UserChangedEvent
---@field what "name"|"phone"|"emoji_status"|"profile" What it is; get_sender tells the rest of a profile.
---@field user Peer? Who.
---@field user_id integer Their id.
---@field first_name string? The new name.
---@field last_name string? Its second part.
---@field usernames string[] The user names now, for a new name.
---@field phone string? The new number.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local UserChangedEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("user_changed", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function UserChangedEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("user_changed", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function UserChangedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("user_changed", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function UserChangedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("user_changed", { priority = 1 }, function(event) event:stop() end)
---```
function UserChangedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function UserChangedEvent:to_table() end

---Reactions to a message.
---@class ReactionEvent
---@field message_id integer Number of the message.
---@field new string[] What the sender gives now, for bots.
---@field old string[] What the sender gave before, for bots.
---@field counts { reaction: string, count: integer, chosen: boolean }[] The reactions that the message has, for people; for bots, where nobody is named.
---@field recent { sender_id: integer, reaction: string, date: integer, mine: boolean, unread: boolean }[] Who reacted lately, for people.
---@field date number? When it was, for bots.
---@field topic_id integer? Topic of the forum.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local ReactionEvent = {}

---Say something in the chat, quoting the message.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("reaction", function(event)
---  event:reply("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ReactionEvent:reply(message, options) end

---Fetch the message; nil if it is gone.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("reaction", function(event)
---  local message = event:get_message()
---  if message then print(message.text) end
---end)
---```
---@return Message
function ReactionEvent:get_message() end

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("reaction", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ReactionEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("reaction", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function ReactionEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("reaction", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function ReactionEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("reaction", { priority = 1 }, function(event) event:stop() end)
---```
function ReactionEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ReactionEvent:to_table() end

---How a poll stands.
---@class PollEvent
---@field poll_id string Number of the poll; a string, for it has 64 bits.
---@field message_id integer? The message it is in, if Telegram tells.
---@field poll Poll? The poll; nil if only the results have come.
---@field voters integer How many have voted.
---@field results Object The results, as Telegram describes them.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PollEvent = {}

---Say something in the chat, quoting the message.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("poll", function(event)
---  event:reply("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function PollEvent:reply(message, options) end

---Fetch the message; nil if it is gone.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("poll", function(event)
---  local message = event:get_message()
---  if message then print(message.text) end
---end)
---```
---@return Message
function PollEvent:get_message() end

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("poll", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function PollEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("poll", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PollEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("poll", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PollEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("poll", { priority = 1 }, function(event) event:stop() end)
---```
function PollEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PollEvent:to_table() end

---A vote.
---@class PollVoteEvent
---@field poll_id string Number of the poll; a string, for it has 64 bits.
---@field answers integer[] Numbers of the chosen answers, from 1; none if the vote was taken back.
---@field options string[] What identifies the answers.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PollVoteEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("poll_vote", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PollVoteEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("poll_vote", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PollVoteEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("poll_vote", { priority = 1 }, function(event) event:stop() end)
---```
function PollVoteEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PollVoteEvent:to_table() end

---Somebody's place in a chat.
---@class MemberEvent
---@field user Peer Who it is about; sender is who did it.
---@field user_id integer Their id.
---@field old "creator"|"admin"|"member"|"restricted"|"left"|"banned" What they were.
---@field new "creator"|"admin"|"member"|"restricted"|"left"|"banned" What they are.
---@field date number? When it was.
---@field invite_link string? The link they came by.
---@field before Object? What they were, as Telegram describes it, with rights and titles.
---@field after Object? What they are, as Telegram describes it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local MemberEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("member", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function MemberEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("member", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function MemberEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("member", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function MemberEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("member", { priority = 1 }, function(event) event:stop() end)
---```
function MemberEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function MemberEvent:to_table() end

---A request to be let in.
---@class JoinRequestEvent
---@field about string? What they write of themselves, for bots.
---@field date number? When it was, for bots.
---@field invite_link string? The link they came by, for bots.
---@field pending integer? How many are waiting, for people.
---@field recent Peer[] The last of those, for people.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local JoinRequestEvent = {}

---Let them in. Where only a number of people is told, this is about all who are waiting.
---
---Errors: HIDE_REQUESTER_MISSING, USER_ALREADY_PARTICIPANT
---```lua
---client:on("join_request", function(event) event:approve() end)
---```
function JoinRequestEvent:approve() end

---Turn them away. Where only a number of people is told, this is about all who are waiting.
---
---Errors: HIDE_REQUESTER_MISSING, USER_ALREADY_PARTICIPANT
---```lua
---client:on("join_request", function(event) event:decline() end)
---```
function JoinRequestEvent:decline() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("join_request", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function JoinRequestEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("join_request", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function JoinRequestEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("join_request", { priority = 1 }, function(event) event:stop() end)
---```
function JoinRequestEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function JoinRequestEvent:to_table() end

---A boost.
---@class ChatBoostEvent
---@field boost_id string What identifies the boost.
---@field date number? Since when.
---@field expires number? Until when.
---@field multiplier integer For how many boosts it counts.
---@field gift boolean It came with a gift.
---@field giveaway boolean It came with a giveaway.
---@field boost Object The boost, as Telegram describes it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local ChatBoostEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("chat_boost", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function ChatBoostEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("chat_boost", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function ChatBoostEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("chat_boost", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function ChatBoostEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("chat_boost", { priority = 1 }, function(event) event:stop() end)
---```
function ChatBoostEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ChatBoostEvent:to_table() end

---How often a post was seen.
---@class MessageViewsEvent
---@field message_id integer Number of the post.
---@field views integer? How often it was seen; nil if that isn't the news.
---@field forwards integer? How often it was forwarded; nil if that isn't the news.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local MessageViewsEvent = {}

---Say something in the chat, quoting the message.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("message_views", function(event)
---  event:reply("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function MessageViewsEvent:reply(message, options) end

---Fetch the message; nil if it is gone.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("message_views", function(event)
---  local message = event:get_message()
---  if message then print(message.text) end
---end)
---```
---@return Message
function MessageViewsEvent:get_message() end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("message_views", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function MessageViewsEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("message_views", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function MessageViewsEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("message_views", { priority = 1 }, function(event) event:stop() end)
---```
function MessageViewsEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function MessageViewsEvent:to_table() end

---Messages at the top of a chat.
---@class PinnedEvent
---@field message_ids integer[] Their numbers.
---@field pinned boolean They are pinned now.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local PinnedEvent = {}

---Say something in the chat.
---
---Errors: CHAT_WRITE_FORBIDDEN, PEER_UNKNOWN
---```lua
---client:on("pinned", function(event)
---  event:respond("I saw that.")
---end)
---```
---@param message string|FormattedText|Message What to say: text, or a message, which is copied.
---@param options? ReplyOptions How to say it.
---@return Message
function PinnedEvent:respond(message, options) end

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("pinned", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function PinnedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("pinned", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function PinnedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("pinned", { priority = 1 }, function(event) event:stop() end)
---```
function PinnedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function PinnedEvent:to_table() end

---What became of a story.
---@class StoryEvent
---@field what "posted"|"deleted"|"read"|"reaction"|"reacted" What happened: posted (or changed), deleted, read by this account up to story_id, reaction of somebody to one of ours, reacted by this account.
---@field story_id integer Number of the story.
---@field caption string? What is written on it.
---@field reaction string? The reaction.
---@field story Object? The story, as Telegram describes it.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local StoryEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("story", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function StoryEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("story", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function StoryEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("story", { priority = 1 }, function(event) event:stop() end)
---```
function StoryEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function StoryEvent:to_table() end

---Whether somebody can be written to.
---@class BotStoppedEvent
---@field stopped boolean The bot is blocked.
---@field date number? Since when.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local BotStoppedEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("bot_stopped", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function BotStoppedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("bot_stopped", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function BotStoppedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("bot_stopped", { priority = 1 }, function(event) event:stop() end)
---```
function BotStoppedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function BotStoppedEvent:to_table() end

---Whether somebody is blocked.
---@class BlockedEvent
---@field blocked boolean They are blocked now.
---@field stories boolean Only from this account's stories.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local BlockedEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("blocked", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function BlockedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("blocked", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function BlockedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("blocked", { priority = 1 }, function(event) event:stop() end)
---```
function BlockedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function BlockedEvent:to_table() end

---Updates that are lost.
---@class SkippedEvent
---@field from integer Number (pts) of the last update before them.
---@field to integer Number of the last one that is lost.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local SkippedEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("skipped", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function SkippedEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("skipped", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function SkippedEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("skipped", { priority = 1 }, function(event) event:stop() end)
---```
function SkippedEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function SkippedEvent:to_table() end

---How the account stands with Telegram.
---@class AccountStateEvent
---@field state "ready"|"revoked"|"unregistered"|"expired"|"duplicated"|"forgotten"|"banned"|"deleted" How it is now.
---@field reason string? A sentence that says why, and what to do.
---@field chat Peer? Where it happened, if Telegram tells.
---@field chat_id integer? Marked id of the chat: user n, group -n, supergroup or channel -100n.
---@field sender Peer? Who did it, if Telegram tells.
---@field sender_id integer? Marked id of who did it.
---@field is_private boolean In a chat with one person or bot.
---@field is_group boolean In a group or supergroup.
---@field is_channel boolean In a channel, where only admins write.
---@field late boolean Happened while the script's account was not running.
---@field raw Object The update as Telegram sent it; nil for what is none.
local AccountStateEvent = {}

---Where it happened; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("account_state", function(event)
---  local chat = event:get_chat()
---  if chat then print(chat.name) end
---end)
---```
---@return Peer
function AccountStateEvent:get_chat() end

---Who did it; asks Telegram if that isn't known well.
---
---Errors: PEER_UNKNOWN
---```lua
---client:on("account_state", function(event)
---  local sender = event:get_sender()
---  if sender then print(sender.name) end
---end)
---```
---@return Peer
function AccountStateEvent:get_sender() end

---Keep the event from the handlers that come after this one.
---```lua
---client:on("account_state", { priority = 1 }, function(event) event:stop() end)
---```
function AccountStateEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function AccountStateEvent:to_table() end

---A turn in the life of a script.
---@class ScriptEvent
---@field state "loaded"|"reloaded"|"replaced"|"removed"|"stopping"|"paused"|"resumed" loaded: it serves, for the first time; reloaded: this new version serves; replaced: another version has taken over from this one; removed: its file is gone; stopping: the script ends.
---@field generation integer Number of this version.
local ScriptEvent = {}

---Keep the event from the handlers that come after this one.
---```lua
---client:on("script", { priority = 1 }, function(event) event:stop() end)
---```
function ScriptEvent:stop() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ScriptEvent:to_table() end

---A function around the handlers.
---@class Middleware
local Middleware = {}

---Don't call it any more.
---```lua
---local timing = tg.use(function(event, next) next() end)
---timing:off()
---```
function Middleware:off() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Middleware:to_table() end

---What null of JSON is where nil can't stand: compare with `tg.json.null`.
---@class Null
local Null = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Null:to_table() end

---What a web server answered.
---@class HttpResponse
---@field status integer Its number: 200.
---@field ok boolean Whether it is 200 to 299.
---@field url string Where the answer is from, after all redirects.
---@field body string What it says: any bytes. Empty when it was saved to a file.
---@field size integer How many bytes it has.
---@field path string? The file that it was saved to.
---@field headers table<string, string> Its headers by their names in small letters.
local HttpResponse = {}

---Read the body as JSON, as tg.json.decode does.
---
---Errors: PARSE
---```lua
---print(tg.http.get("https://api.github.com/zen"):json())
---```
---@param options? JsonDecodeOptions How to read it.
---@return any
function HttpResponse:json(options) end

---One of its headers, or nil.
---```lua
---print(tg.http.get("https://example.com"):header("Content-Type"))
---```
---@param name string Its name, in any letters.
---@return string|nil
function HttpResponse:header(name) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function HttpResponse:to_table() end

---Text that knows its formatting: tg.fmt makes it, `..` puts more behind or before it, and it can be given wherever a message's text or caption is. What is put in is text, whatever is written in it. tostring gives the text alone.
---@class FormattedText
---@field text string What it says.
---@field entities TextEntity[] Its formatting, as of a message.
---@field length integer How long Telegram counts it: a message has room for 4096. Emoji count twice.
---@field markdown string It as Markdown.
---@field html string It as HTML.
local FormattedText = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function FormattedText:to_table() end

---What a script says, in all languages.
---@class Locales
---@field default string The language that has what others lack.
---@field languages string[] All languages that there are files of, sorted.
---@field keys string[] All keys of the default language, sorted.
local Locales = {}

---Speak someone's language.
---```lua
---local t = tg.i18n.load("locales"):of("de-AT")
---print(t("hello", { name = "Alice" }))
---```
---@param of? string|Peer|Message|table A language ("de-AT"), a user, or an event: then that of who caused it. Accounts of users aren't told other people's languages: they get the default one.
---@return Translator
function Locales:of(of) end

---What doesn't fit between the languages: messages that are missing, arguments that differ, forms that plurals lack.
---```lua
---for _, line in ipairs(tg.i18n.load():check()) do print(line) end
---```
---@return string[]
function Locales:check() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Locales:to_table() end

---Says things in a language: `t(key, arguments)`.
---@class Translator
---@field language string The language, the nearest that there is a file of.
---@overload fun(key: string, arguments?: table<string|integer, string|number|boolean|FormattedText>): FormattedText
local Translator = {}

---Whether there is such a message.
---```lua
---local t = tg.i18n.of("de")
---print(t:has("hello"))
---```
---@param key string Which message: "menu.open".
---@param arguments? table<string|integer, string|number|boolean|FormattedText> What stands in place of the names in braces: text, or what tg.fmt makes. Plurals go by count.
---@return boolean
function Translator:has(key, arguments) end

---A message without its formatting, as a string: for buttons and titles.
---```lua
---local t = tg.i18n.of("de")
---client:send_message("me", t("menu.title"), { buttons = { { text = t:plain("menu.open"), data = "open" } } })
---```
---@param key string Which message: "menu.open".
---@param arguments? table<string|integer, string|number|boolean|FormattedText> What stands in place of the names in braces: text, or what tg.fmt makes. Plurals go by count.
---@return string
function Translator:plain(key, arguments) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Translator:to_table() end

---A path that the script serves. It ends with the version of the script that opened it.
---@class Webhook
---@field address string Where it listens: with the port that was chosen, where the port was 0.
local Webhook = {}

---Give the path up. The last one closes the port.
---```lua
---local hook = tg.webhook({ listen = "127.0.0.1:0", path = "/once" }, function() return 200 end)
---hook:close()
---```
function Webhook:close() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Webhook:to_table() end

---What a webhook was asked.
---@class WebhookRequest
---@field method string GET, POST, or any other.
---@field path string Its path: /github.
---@field query table<string, string|string[]> What stands behind the ? of the address: text, or a list where a name comes several times.
---@field headers table<string, string> Its headers by their names in small letters.
---@field host string The name under which it was asked.
---@field remote string The address that it came from; behind a proxy that of the proxy.
---@field body string What it says: any bytes.
local WebhookRequest = {}

---Read the body as JSON, as tg.json.decode does.
---
---Errors: PARSE
---```lua
---tg.webhook({ listen = "127.0.0.1:8080" }, function(request)
---  return { json = { got = request:json() } }
---end)
---```
---@param options? JsonDecodeOptions How to read it.
---@return any
function WebhookRequest:json(options) end

---Read the body as a form: text, or a list where a name comes several times.
---
---Errors: PARSE
---```lua
---tg.webhook({ listen = "127.0.0.1:8080", path = "/form" }, function(request)
---  client:send_message("me", tg.fmt("{1} writes", { request:form().name }))
---end)
---```
---@return table<string, string|string[]>
function WebhookRequest:form() end

---One of its headers, or nil.
---```lua
---tg.webhook({ listen = "127.0.0.1:8080" }, function(request) print(request:header("User-Agent")) end)
---```
---@param name string Its name, in any letters.
---@return string|nil
function WebhookRequest:header(name) end

---Whether the body is signed with a secret, as GitHub and others do. The option `secret` of tg.webhook refuses all that isn't.
---```lua
---tg.webhook({ listen = "127.0.0.1:8080" }, function(request)
---  if not request:signed("secret", "X-Signature") then return 403 end
---end)
---```
---@param secret string What both sides know.
---@param header? string Where the signature is: HMAC with SHA-256 of the body as hex digits, with or without "sha256="; X-Hub-Signature-256 if not given.
---@return boolean
function WebhookRequest:signed(secret, header) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function WebhookRequest:to_table() end

---A database of SQLite. Whole numbers beyond 2^53 come as decimal text, blobs as strings, NULL as nil.
---@class Database
---@field path string Its name, as it was opened.
local Database = {}

---All rows of a result, as tables by the names of their columns: up to 100,000.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---for _, row in ipairs(db:query("SELECT 1 AS a, :b AS b", { b = "x" })) do print(row.a, row.b) end
---```
---@param sql string The statement, with ? or :name where values stand.
---@param ... any The values: one for each ?, or a table of them by their names. nil is NULL.
---@return table<string, any>[]
function Database:query(sql, ...) end

---The first row of a result, or nil.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---print(db:one("SELECT sqlite_version() AS version").version)
---```
---@param sql string The statement, with ? or :name where values stand.
---@param ... any The values: one for each ?, or a table of them by their names. nil is NULL.
---@return table<string, any>|nil
function Database:one(sql, ...) end

---The first column of the first row of a result, or nil.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---print(db:value("SELECT ? + ?", 1, 2))
---```
---@param sql string The statement, with ? or :name where values stand.
---@param ... any The values: one for each ?, or a table of them by their names. nil is NULL.
---@return any
function Database:value(sql, ...) end

---Run a statement, or several that take no values.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---db:exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
---print(db:exec("DELETE FROM t WHERE a > ?", 1).changes)
---```
---@param sql string The statement, with ? or :name where values stand.
---@param ... any The values: one for each ?, or a table of them by their names. nil is NULL.
---@return { changes: integer, last_id: integer|string }
function Database:exec(sql, ...) end

---Go through a result row by row, however large it is. The statement begins with the first row.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---for row in db:rows("SELECT 1 AS n UNION SELECT 2") do print(row.n) end
---```
---@param sql string The statement, with ? or :name where values stand.
---@param ... any The values: one for each ?, or a table of them by their names. nil is NULL.
---@return fun(): table<string, any>?
function Database:rows(sql, ...) end

---Do several things as one: when the function raises an error, nothing of it was done, and the error goes on. Returns what the function returns.
---
---Errors: SQL
---```lua
---local db = tg.sql.open(":memory:")
---db:exec("CREATE TABLE accounts (name, coins)")
---db:transaction(function()
---  db:exec("UPDATE accounts SET coins = coins - 5 WHERE name = ?", "alice")
---  db:exec("UPDATE accounts SET coins = coins + 5 WHERE name = ?", "bob")
---end)
---```
---@param fn fun(db: Database): any What to do. Others who use the database wait meanwhile.
---@return any
function Database:transaction(fn) end

---Close the database, once the statement that runs has ended.
---```lua
---tg.sql.open(":memory:"):close()
---```
function Database:close() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Database:to_table() end

---A value for a statement: bytes, or a whole number of 64 bits.
---@class SqlValue
---@field kind string "blob" or "integer".
local SqlValue = {}

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function SqlValue:to_table() end

---Values that outlive reloads, restarts and crashes: text, numbers, booleans and tables of these, by key. `tg.store` is the script's own; `event.chat_data` and `event.user_data` are the parts of it for a chat and a person; `tg.store:shared(name)` is for all scripts of an account. A value is copied when it is set and when it is got. Nothing else of the script runs between two calls that don't wait, so what is got, changed and set loses nothing.
---@class Store
local Store = {}

---A value, as it was when it was set.
---```lua
---local name = tg.store:get("name:" .. 1001, "stranger")
---print(name)
---```
---@param key string Its key.
---@param default? any What to return if there is none; nil if not given.
---@return any
function Store:get(key, default) end

---Keep a value. Returns false if `if_absent` kept it from doing so.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---tg.store:set("settings", { language = "en", volume = 7 })
---tg.store:set("code:1001", "12345", { ttl = "5m" })
---if tg.store:set("lock", true, { if_absent = true, ttl = "1h" }) then print("first in this hour") end
---```
---@param key string Its key: up to 512 bytes of text.
---@param value? any Text, numbers, booleans and tables of these, up to 1 MiB; nil takes it away.
---@param options? StoreSetOptions How long it lasts, and whether.
---@return boolean
---@overload fun(self: Store, key: string, options: StoreSetOptions): boolean
function Store:set(key, value, options) end

---Take a value away. Returns whether there was one.
---```lua
---tg.store:delete("settings")
---```
---@param key string Its key: up to 512 bytes of text.
---@return boolean
function Store:delete(key) end

---Whether there is a value.
---```lua
---if not tg.store:has("welcomed") then print("new here") end
---```
---@param key string Its key: up to 512 bytes of text.
---@return boolean
function Store:has(key) end

---Add to a number, or begin one at 0. Returns what it is now.
---
---Errors: ARGUMENT, STORE_QUOTA
---```lua
---print("visit number", tg.store:add("visits"))
---if tg.store:add("tries:1001", 1, { ttl = "1m" }) > 5 then print("not so fast") end
---```
---@param key string Its key.
---@param by? number How much; 1 if not given, and it may be less than 0.
---@param options? StoreAddOptions How long it lasts.
---@return number
---@overload fun(self: Store, key: string, options: StoreAddOptions): number
function Store:add(key, by, options) end

---Keep a value if the one that is there is what one thinks. Returns whether it was: of several that try, one succeeds. It is for what scripts share, and for waits between get and set.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---local jobs = tg.store:shared("jobs")
---if jobs:compare_and_set("report", nil, "taken") then print("mine") end
---```
---@param key string Its key.
---@param expected any What it must be now; nil for no value.
---@param value any What it becomes then; nil takes it away.
---@param options? StoreTTLOption How long it lasts.
---@return boolean
function Store:compare_and_set(key, expected, value, options) end

---How many seconds a value has left; nil for one that lasts for ever, and for none.
---```lua
---print(tg.store:ttl("code:1001"))
---```
---@param key string Its key: up to 512 bytes of text.
---@return number?
function Store:ttl(key) end

---Change how long a value lasts. Returns whether there is one.
---```lua
---tg.store:expire("session:1001", "1h")
---```
---@param key string Its key.
---@param ttl? Duration How long it lasts from now on; for ever if not given.
---@return boolean
function Store:expire(key, ttl) end

---Go through keys and values, in the order of the keys. The loop may change the store: what it adds may be seen or not.
---```lua
---for key, value in tg.store:iter("name:") do print(key, value) end
---```
---@param prefix? string What their keys begin with; all if not given.
---@param options? StoreWalkOptions How many.
---@return fun(): string?, any
---@overload fun(self: Store, options: StoreWalkOptions): fun(): string?, any
function Store:iter(prefix, options) end

---The keys, sorted.
---```lua
---print(#tg.store:keys("name:"))
---```
---@param prefix? string What their keys begin with; all if not given.
---@param options? StoreWalkOptions How many.
---@return string[]
---@overload fun(self: Store, options: StoreWalkOptions): string[]
function Store:keys(prefix, options) end

---A table of all values by key.
---```lua
---for key, value in pairs(tg.store:list("name:", { limit = 10 })) do print(key, value) end
---```
---@param prefix? string What their keys begin with; all if not given.
---@param options? StoreWalkOptions How many.
---@return table<string, any>
---@overload fun(self: Store, options: StoreWalkOptions): table<string, any>
function Store:list(prefix, options) end

---Take all values away. Returns how many there were.
---```lua
---tg.store:clear("code:")
---```
---@param prefix? string What their keys begin with; all values if not given.
---@return integer
function Store:clear(prefix) end

---What the script keeps about a chat, as event.chat_data is. Its keys are `chat/ID/KEY` in tg.store.
---```lua
---tg.store:chat(-1001234567890):set("rules", "Be kind.")
---client:on("message", function(event) event.chat_data:add("messages") end)
---```
---@param chat integer|string|Peer|Message The chat: its id, or an object that has one.
---@return Store
function Store:chat(chat) end

---What the script keeps about a person, as event.user_data is. Its keys are `user/ID/KEY` in tg.store.
---```lua
---print(tg.store:user(1001):get("language", "en"))
---client:on("message", function(event) event.user_data:set("seen", event.date) end)
---```
---@param user integer|string|Peer|Message The person: an id, or an object that has one; of a message, its author.
---@return Store
function Store:user(user) end

---Values that all scripts of the account share under a name. Each of them may read and change them: secrets belong to tg.store itself.
---
---Errors: STORE_QUOTA
---```lua
---local scores = tg.store:shared("scores")
---scores:add("alice", 10)
---```
---@param name string What it is called.
---@return Store
function Store:shared(name) end

---How many keys and bytes there are, with all parts, and how many bytes there may be.
---```lua
---local used = tg.store:usage()
---print(used.keys, used.bytes .. " of " .. used.limit)
---```
---@return { keys: integer, bytes: integer, limit: integer }
function Store:usage() end

---Wait until all that was set is on the disk. Without it that takes about a second, in which a power failure, but no crash of the program, may lose it.
---```lua
---tg.store:set("paid:1001", true)
---tg.store:sync()
---```
function Store:sync() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Store:to_table() end

---Something to do later that outlives the program: see tg.job.
---@class Job
---@field name string Its name.
local Job = {}

---Plan one run, later. At the top level it is planned with each load, unless it is planned already.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---local remind = tg.job("remind", function(data) client:send_message("me", data) end)
---client:command("tea", function() remind:after("4m", { data = "Tea is ready." }) end)
---```
---@param duration Duration How long.
---@param options? JobOptions What it gets, and what it is called.
---@return Run
function Job:after(duration, options) end

---Plan one run, at a time that is to come. At the top level a time that is over plans nothing.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---local greet = tg.job("greet", function(name) client:send_message(name, "A happy new year") end)
---greet:at("2030-01-01 00:00", { tz = "Europe/Berlin", data = "@alice" })
---```
---@param time number|string Seconds since 1970, "2026-01-31 12:00", or "09:30": the next time that the clock shows it.
---@param options? JobAtOptions Where, what it gets, and what it is called.
---@return Run
function Job:at(time, options) end

---Plan runs again and again, in step: from when it was planned first. A run that takes longer is not overtaken by the next.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---tg.job("backup", function(_, run)
---  if run.missed > 0 then print(run.missed .. " were missed") end
---end):every("6h", { jitter = "10m" })
---```
---@param duration Duration How long.
---@param options? JobOptions What it gets, and what it is called.
---@return Run
function Job:every(duration, options) end

---Plan runs at the times of a schedule, as tg.cron does.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---local digest = tg.job("digest", function(chat) client:send_message(chat, "Good morning") end)
---client:command("daily", function(event)
---  digest:cron("0 8 * * *", { tz = "Europe/Berlin", id = event.chat_id, data = event.chat_id })
---end)
---```
---@param schedule string Five fields, "minute hour day month weekday", as of tg.cron; or @hourly, @daily, @weekly, @monthly, @yearly.
---@param options? JobAtOptions Where, what it gets, and what it is called.
---@return Run
function Job:cron(schedule, options) end

---What is planned under an id; nil if nothing is.
---```lua
---local digest = tg.job("digest", function() end)
---client:command("when", function(event)
---  local run = digest:get(event.chat_id)
---  event:reply(run and tg.time.format(run.due) or "Never.")
---end)
---```
---@param id string|number|Peer|Message What the run is called.
---@return Run?
function Job:get(id) end

---All that is planned for the job, what is due first at the front.
---```lua
---local remind = tg.job("remind", function() end)
---for _, run in ipairs(remind:list()) do print(run.id, run.due, run.data) end
---```
---@return Run[]
function Job:list() end

---Take away what is planned under an id, or all for the job. Returns how many there were. A run that goes on is not disturbed.
---```lua
---local digest = tg.job("digest", function() end)
---client:command("stop", function(event) digest:cancel(event.chat_id) end)
---```
---@param id? string|number|Peer|Message What the run is called; all that is planned for the job if not given.
---@return integer
function Job:cancel(id) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Job:to_table() end

---A run of a job, or a row of them: planned, or the one that goes on.
---@class Run
---@field id string What it is called.
---@field job string Name of the job.
---@field due number When it comes next, or should have come if it goes on: seconds since 1970.
---@field data table|string|number|boolean? What the function gets.
---@field late Duration How many seconds after its time it has begun.
---@field missed integer How many more times have come before it could begin, which this run is for as well.
---@field pending boolean It is planned, or goes on.
local Run = {}

---Take it away, and with it the runs that would follow. Returns whether it was planned.
---```lua
---tg.job("countdown", function(_, run)
---  if tg.store:add("left", -1) <= 0 then run:cancel() end
---end):every("1d")
---```
---@return boolean
function Run:cancel() end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function Run:to_table() end

---What the scripts of one program tell one another, of whatever account: all may listen and ask, so look at `event.from` and `event.account` where that matters. Values are copied. Nothing is kept for scripts that don't run.
---@class ScriptEvents
local ScriptEvents = {}

---Call a function when a script, of whatever account, publishes something. Handlers start in the order of what is published; they end with this version of the script.
---
---Errors: TOO_MANY
---```lua
---tg.events:on("order:new", function(event)
---  client:send_message("me", "An order of " .. event.value.what .. " came in through " .. event.from)
---end)
---tg.events:on("order:*", function(event) print(event.topic) end)
---```
---@param topic string What it is about: any text; with * at the end all topics that begin so.
---@param fn fun(event: TopicEvent) What to call.
---@return Handler
function ScriptEvents:on(topic, fn) end

---Answer what scripts ask: the function gets the request, and what it returns is the answer. If it raises an error, so does the request.
---
---Errors: TOO_MANY
---```lua
---tg.events:on_request("price", function(event)
---  local prices = { tea = 3, cake = 5 }
---  return prices[event.value] or error("no price of " .. tostring(event.value), 0)
---end)
---```
---@param topic string What is asked: any text; with * at the end all topics that begin so.
---@param fn fun(event: TopicEvent): any What to call. What it returns is the answer.
---@return Handler
function ScriptEvents:on_request(topic, fn) end

---Tell all scripts that listen. Each gets a copy of the value. Returns how many scripts there were; it never waits, and a script that has a thousand to handle already misses it.
---
---Errors: ENCODE, STORE_QUOTA
---```lua
---tg.events:publish("order:new", { what = "tea", many = 2 })
---```
---@param topic string What it is about: up to 128 bytes.
---@param value? any Text, numbers, booleans and tables of these, up to 1 MiB.
---@return integer
function ScriptEvents:publish(topic, value) end

---Ask a script, and wait for its answer. Other handlers run meanwhile.
---
---Errors: NO_REPLY, REQUEST_FAILED, TIMEOUT, ENCODE
---```lua
---local ok, price = pcall(function() return tg.events:request("price", "tea", { timeout = "2s" }) end)
---print(ok and price or "nobody knows")
---```
---@param topic string What is asked: up to 128 bytes.
---@param value? any Text, numbers, booleans and tables of these, up to 1 MiB.
---@param options? BusRequestOptions How long to wait.
---@return any
---@overload fun(self: ScriptEvents, topic: string, options: BusRequestOptions): any
function ScriptEvents:request(topic, value, options) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function ScriptEvents:to_table() end

---What a script tells or asks: see tg.events.
---@class TopicEvent
---@field topic string What it is about.
---@field value table|string|number|boolean? What is told: a copy.
---@field from string Name of the script that tells it.
---@field account string? Name of its account.
---@field is_request boolean An answer is waited for.
local TopicEvent = {}

---Answer a request before the handler has ended. Returns false if it was answered already.
---
---Errors: ENCODE
---```lua
---tg.events:on_request("backup", function(event)
---  event:reply("begun")
---  tg.sleep("10s") -- nobody waits for this
---end)
---```
---@param value? any The answer: text, numbers, booleans and tables of these.
---@return boolean
function TopicEvent:reply(value) end

---Copy the fields into a plain table, and those of the objects in it.
---@return table
function TopicEvent:to_table() end

---Everything that is not about the account.
---@class tg
---@field args table<string, any>|fun(declared: table<string, any>): table<string, any> What `args` in config.yaml gives to this script. Called with a table of names and defaults, it checks that, and returns all of them: a default may be { type, default, required, min, max, one_of, of, doc }.
---@field version string Version of tgscript.
---@field store Store Values that outlive the program, the script's own.
---@field events ScriptEvents What the scripts of this program tell one another.
tg = {}

---Wait. Other handlers of the script run meanwhile.
---```lua
---tg.sleep(1.5)
---tg.sleep("2m")
---```
---@param duration Duration How long.
function tg.sleep(duration) end

---Call a function once, later.
---
---Errors: TOO_MANY
---```lua
---tg.after("10m", function() client:send_message("me", "Tea is ready.") end)
---```
---@param duration Duration How long.
---@param fn fun() What to call.
---@return Timer
function tg.after(duration, fn) end

---Call a function again and again. A call that takes longer than that is not overtaken by the next.
---
---Errors: TOO_MANY
---```lua
---local timer = tg.every("1h", function() client:send_message("me", "Still here.") end)
---timer:cancel()
---```
---@param duration Duration How long.
---@param fn fun() What to call.
---@return Timer
function tg.every(duration, fn) end

---Call a function beside the running one, and don't wait for it.
---
---Errors: TOO_MANY
---```lua
---tg.spawn(function(name) client:send_message(name, "Good morning") end, "@alice")
---```
---@param fn fun(...) What to call.
---@param ... any What to give it.
function tg.spawn(fn, ...) end

---Begin a keyboard that is put together bit by bit. It is given as the option `buttons`; the words of a keyboard, such as `resize`, are for reply keyboards.
---```lua
---local board = tg.keyboard()
---for page = 1, 10 do board:add(tg.button.inline(page, "page:" .. page)) end
---client:send_message("@durov", "Which page?", { buttons = board:adjust(4) })
---```
---@param options? KeyboardOptions How it is shown.
---@return Keyboard
function tg.keyboard(options) end

---A menu: a message whose buttons run functions. Declared at the top level of a script, its buttons work after reloads and restarts: a press makes the menu anew, and runs the function of the button with the same text or `id`.
---```lua
---local sound = true
---local main = tg.menu("main", function(page, event)
---  page:button("Tea", function(event) event:answer("Tea it is.") end)
---  page:row():open("Settings", "settings")
---  return "What would you like?"
---end)
---tg.menu("settings", function(page)
---  page:button(sound and "Sound: on" or "Sound: off", function() sound = not sound page:redraw() end, { id = "sound" })
---  page:row():open("« Back", "main")
---  return "**Settings**"
---end)
---client:command("start", function(event) main:send(event) end)
---```
---@param name string Its name in this script: buttons find the menu by it after a reload or a restart.
---@param build fun(page: MenuPage, event?: any): string? Makes the menu each time that it is shown or pressed: adds the buttons to the page, and returns the text. It gets the message or press that the menu is shown for; nil if it is sent to a chat.
---@param options? MenuSettings How the text is read, and what stale buttons say.
---@return Menu
function tg.menu(name, build, options) end

---Call a function after each call of this script that ends with an error. The error is logged nonetheless.
---```lua
---tg.on_error(function(err, event)
---  client:send_message("me", "Something went wrong: " .. tostring(err))
---end)
---```
---@param fn fun(err: any, event: any) Called with the error, as pcall would give it, and the event that the handler got; nil for timers and the like.
function tg.on_error(fn) end

---A long dialog as named steps. How far it has come, for each person in each chat, outlives reloads and restarts. Its messages come to its steps before all handlers. A step that fails is tried again with the next message.
---```lua
---local order
---order = tg.dialog("order", {
---  start = function(event) event:respond("What do you want?") return "what" end,
---  what = function(event, data)
---    data.what = event.raw_text
---    event:respond("How many?")
---    return "many"
---  end,
---  many = function(event, data)
---    local n = tonumber(event.raw_text)
---    if not n then event:respond("A number, please.") return "many" end
---    event:respond(n .. " of " .. data.what .. " are on the way.")
---  end,
---  cancel = function(event) event:respond("As you like.") end,
---}, { timeout = "1d", cancel = "/cancel" })
---client:command("order", function(event) order:start(event) end)
---```
---@param name string Its name: states are kept under it.
---@param steps table<string, fun(event: MessageEvent?, data: table): string?> Functions by name. Each gets a message and what the dialog knows so far, and returns the name of the step that gets the next message; nothing ends it.
---@param options? StepDialogOptions Where it begins, and how it ends.
---@return StepDialog
function tg.dialog(name, steps, options) end

---Make a limit of a script's own. It counts for each key apart, and gives places in the order in which they are asked for.
---```lua
---local slow = tg.limit("1/s", { burst = 3 })
---client:on("message", { incoming = true }, function(event)
---  if slow:try(event.sender_id) then event:reply("Hello!") end
---end)
---```
---@param rate string How many in which time: "1/s", "20/m", "3/10s", "100/day".
---@param options? LimitOptions How strict it is.
---@return Limit
function tg.limit(rate, options) end

---Call a function around each handler of the script, from now on: with the event, and a function that goes on to the handler. Without that call the handler doesn't run. What is used first is outermost; errors of the handler come out of `next`. The filter `func` is asked before.
---```lua
---tg.use(function(event, next)
---  local began = os.clock()
---  local ok, err = pcall(next)
---  tg.log("handled in", os.clock() - began)
---  if not ok then error(err, 0) end
---end)
---tg.use({ events = "message" }, function(event, next)
---  if event.sender and event.sender.is_bot then return end -- bots don't talk with bots
---  next()
---end)
---```
---@param options? UseOptions Around which handlers.
---@param fn fun(event, next: fun()) Called with the event, and what it calls to go on.
---@return Middleware
---@overload fun(self: tg, fn: fun(event, next: fun())): Middleware
function tg.use(options, fn) end

---A variable of the environment, one that `allow: { SCRIPT: { env: [...] } }` in config.yaml names.
---
---Errors: PERMISSION_DENIED
---```lua
---local token = tg.env("WEATHER_TOKEN")
---local city = tg.env("WEATHER_CITY", "Berlin")
---```
---@param name string Its name.
---@param default? any What to return if it isn't set; nil if not given.
---@return string|any
function tg.env(name, default) end

---Run a program, one that `allow: { SCRIPT: { exec: [...] } }` in config.yaml names, and wait for its end. Other handlers of the script run meanwhile.
---
---Errors: PERMISSION_DENIED, EXEC, TIMEOUT, TOO_LARGE
---```lua
---local result = tg.exec("ffprobe", { "-hide_banner", "film.mp4" }, { timeout = "10s" })
---if not result.ok then print(result.code, result.stderr) end
---```
---@param program string Its name, which is looked for in PATH, or its path. Relative ones start where config.yaml is, as those of files do.
---@param arguments? string[] What it is given, one by one: no shell reads them.
---@param options? ExecOptions How.
---@return { code: integer, ok: boolean, stdout: string, stderr: string }
---@overload fun(self: tg, program: string, options: ExecOptions): { code: integer, ok: boolean, stdout: string, stderr: string }
function tg.exec(program, arguments, options) end

---Call a function once, at a time that is to come.
---```lua
---tg.at("2030-01-01 00:00", { tz = "Europe/Berlin" }, function() client:send_message("me", "A happy new year") end)
---tg.at("18:00", function() client:send_message("me", "Go home") end)
---```
---@param time number|string Seconds since 1970, "2026-01-31 12:00", or "09:30": the next time that the clock shows it.
---@param options? ZoneOption Where.
---@param fn fun() What to call.
---@return Timer
---@overload fun(self: tg, time: number|string, fn: fun()): Timer
function tg.at(time, options, fn) end

---Call a function at the times of a schedule. A call that takes longer than to the next time is not overtaken. A time that the clock skips in spring is left out, one that it shows twice in autumn comes once.
---```lua
---tg.cron("30 9 * * mon-fri", { tz = "Europe/Berlin" }, function() client:send_message("me", "Good morning") end)
---tg.cron("@hourly", { jitter = "1m" }, function() print("an hour has passed") end)
---```
---@param schedule string Five fields, "minute hour day month weekday", each of *, 5, 1-5, */10, mon-fri and lists of them; or @hourly, @daily, @weekly, @monthly, @yearly.
---@param options? CronOptions Where, and how exactly.
---@param fn fun() What to call.
---@return Timer
---@overload fun(self: tg, schedule: string, fn: fun()): Timer
function tg.cron(schedule, options, fn) end

---A value as text that people can read: tables with what is in them, in the same order each time, and objects with their fields, but those that are false or empty. A table within itself is written as <circle>. print and tg.log write tables like this.
---```lua
---print(tg.inspect({ name = "Alice", tags = { "a", "b" } }))
---print(tg.inspect(client.me, { depth = 2 }))
---```
---@param value? any Anything.
---@param options? InspectOptions How much.
---@return string
---@overload fun(self: tg, options: InspectOptions): string
function tg.inspect(value, options) end

---Answer HTTP requests at an address, one that `allow: { SCRIPT: { listen: [...] } }` in config.yaml names. The port stays open when the script is reloaded: requests that come meanwhile go to the version that serves. An error in the function is answered by 500 and logged.
---
---Errors: PERMISSION_DENIED, LISTEN
---```lua
---tg.webhook({ listen = "127.0.0.1:8080", path = "/github", secret = "from GitHub's settings" }, function(request)
---  local push = request:json()
---  client:send_message("me", tg.fmt("{1} pushed to {2}", { push.pusher.name, push.repository.full_name }))
---  return { status = 200, json = { ok = true } }
---end)
---```
---@param options WebhookOptions Where, and which requests.
---@param fn fun(request: WebhookRequest): any Answers a request by what it returns: nothing (204), a status, text, or { status = ..., headers = ..., json = ..., text = ... }.
---@return Webhook
function tg.webhook(options, fn) end

---Something to do later that outlives reloads, restarts and crashes: a name, and the function that does it. Declare it at the top level, so that the next version of the script finds it again; its methods plan runs. What a top level plans goes on over reloads as long as it says the same, and ends when it says so no more; what a handler plans is kept until it is done. A run counts as done when the function has ended, even with an error; one that a crash, reload or stop cuts off comes again.
---```lua
---local remind = tg.job("remind", function(data, run)
---  client:send_message(data.chat, "Reminder: " .. data.text)
---end)
---client:command("remind", function(event)
---  remind:after("2h", { data = { chat = event.chat_id, text = event.rest } })
---end)
---tg.job("report", function() client:send_message("me", "A new day") end):cron("0 9 * * *", { tz = "Europe/Berlin" })
---```
---@param name string Its name: what is planned is kept under it.
---@param fn fun(data: any, run: Run) What to call, with the data of the run.
---@return Job
function tg.job(name, fn) end

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

---Formatted text: read it, write it, make it literal, cut it.
---@class tg.text
tg.text = {}

---Read formatting: what is said, and how. An error in HTML says where it is.
---```lua
---local read = tg.text.parse("so **bold**")
---print(read.text, read.entities[1].type)
---```
---@param text string|FormattedText What to read.
---@param options? FormatOptions How it is written.
---@return { text: string, entities: TextEntity[] }
function tg.text.parse(text, options) end

---Write text with its formatting as Markdown or HTML, so that parse reads it back.
---```lua
---print(tg.text.format("so bold", { entities = { { type = "bold", offset = 4, length = 4 } }, parse_mode = "html" }))
---```
---@param text string|FormattedText What is said.
---@param options? WriteOptions How to write it.
---@return string
function tg.text.format(text, options) end

---Make text literal, to stand among formatting: what others wrote must not make links.
---```lua
---client:send_message("me", "**" .. tg.text.escape("2 ** 3") .. "**")
---```
---@param text string What to write.
---@param options? EscapeOptions Where it will stand.
---@return string
function tg.text.escape(text, options) end

---Cut a text into pieces that fit into messages: between paragraphs, lines or words, with entities whole.
---```lua
---for _, piece in ipairs(tg.text.split(("word "):rep(2000), { limit = 1024 })) do
---  client:send_message("me", piece.text, { formatting_entities = piece.entities })
---end
---```
---@param text string|FormattedText What to cut.
---@param options? SplitOptions How.
---@return { text: string, entities: TextEntity[] }[]
function tg.text.split(text, options) end

---Buttons for the option `buttons`. Inline buttons stand below a message, the others take the place of the letters; one keyboard has one of both kinds. Only bots can send buttons.
---@class tg.button
tg.button = {}

---An inline button that tells the bot its data: the event `callback`.
---```lua
---client:send_message("@durov", "Sure?", { buttons = { tg.button.inline("Yes", "yes"), tg.button.inline("No", "no", { style = "danger" }) } })
---```
---@param text string|FormattedText What is written on it.
---@param data? string What the bot is told, up to 64 bytes; the text if not given.
---@param options? InlineButtonOptions How it looks and works.
---@return Button
---@overload fun(self: tg.button, text: string|FormattedText, options: InlineButtonOptions): Button
function tg.button.inline(text, data, options) end

---An inline button that runs a function, as long as this version of the script lives. See tg.menu for buttons that live longer.
---```lua
---client:command("tea", function(event)
---  event:reply("Tea?", { buttons = { tg.button.call("Yes", function(press) press:edit("It is on its way.", { buttons = false }) end) } })
---end)
---```
---@param text string|FormattedText What is written on it.
---@param fn fun(event: CallbackEvent) Called with the press.
---@param options? InlineButtonOptions How it looks and works.
---@return Button
function tg.button.call(text, fn, options) end

---An inline button that opens a link.
---```lua
---local more = tg.button.url("More", "https://core.telegram.org")
---```
---@param text string|FormattedText What is written on it.
---@param url string What it opens.
---@param options? ButtonLook How it looks.
---@return Button
function tg.button.url(text, url, options) end

---An inline button that begins an inline query to this bot, in a chat that the person chooses.
---```lua
---local share = tg.button.switch_inline("Share", "cats", { chats = { "users", "groups" } })
---```
---@param text string|FormattedText What is written on it.
---@param query? string What is already written after the bot's name.
---@param options? SwitchOptions Where, and how it looks.
---@return Button
---@overload fun(self: tg.button, text: string|FormattedText, options: SwitchOptions): Button
function tg.button.switch_inline(text, query, options) end

---An inline button that signs the person in at a web site: https://core.telegram.org/api/url-authorization
---```lua
---local login = tg.button.auth("Log in", "https://example.com/login", { write_access = true })
---```
---@param text string|FormattedText What is written on it.
---@param url string Where to sign in: https only.
---@param options? AuthOptions How it works.
---@return Button
function tg.button.auth(text, url, options) end

---A button that opens a mini app, on both kinds of keyboard; in private chats only.
---```lua
---local shop = tg.button.web_app("Shop", "https://example.com/shop")
---```
---@param text string|FormattedText What is written on it.
---@param url string What it opens.
---@param options? ButtonLook How it looks.
---@return Button
function tg.button.web_app(text, url, options) end

---An inline button that puts a text into the clipboard.
---```lua
---local code = tg.button.copy("Copy the code", "TG-2026")
---```
---@param text string|FormattedText What is written on it.
---@param copied? string What is copied, up to 256 characters; the text if not given.
---@param options? ButtonLook How it looks.
---@return Button
---@overload fun(self: tg.button, text: string|FormattedText, options: ButtonLook): Button
function tg.button.copy(text, copied, options) end

---An inline button that opens somebody's profile.
---```lua
---local author = tg.button.user_profile("The author", "@durov")
---```
---@param text string|FormattedText What is written on it.
---@param user Target Whose profile.
---@param options? ButtonLook How it looks.
---@return Button
function tg.button.user_profile(text, user, options) end

---The first button of an invoice, which pays.
---```lua
---local first = tg.button.buy("Go on")
---```
---@param text string|FormattedText What is written on it.
---@param options? ButtonLook How it looks.
---@return Button
function tg.button.buy(text, options) end

---The first button of a game, which plays.
---```lua
---local first = tg.button.game("Go on")
---```
---@param text string|FormattedText What is written on it.
---@param options? ButtonLook How it looks.
---@return Button
function tg.button.game(text, options) end

---A button of a reply keyboard that says what is written on it. Plain text makes one, too.
---```lua
---client:send_message("@durov", "Well?", { buttons = tg.button.text("Here", { resize = true, single_use = true }) })
---```
---@param text string|FormattedText What is written on it.
---@param options? ReplyButtonOptions How it looks, and its keyboard.
---@return Button
function tg.button.text(text, options) end

---A button of a reply keyboard that shares the person's phone number; in private chats only.
---```lua
---client:send_message("@durov", "Well?", { buttons = tg.button.request_phone("Here", { resize = true, single_use = true }) })
---```
---@param text string|FormattedText What is written on it.
---@param options? ReplyButtonOptions How it looks, and its keyboard.
---@return Button
function tg.button.request_phone(text, options) end

---A button of a reply keyboard that shares where the person is; in private chats only.
---```lua
---client:send_message("@durov", "Well?", { buttons = tg.button.request_location("Here", { resize = true, single_use = true }) })
---```
---@param text string|FormattedText What is written on it.
---@param options? ReplyButtonOptions How it looks, and its keyboard.
---@return Button
function tg.button.request_location(text, options) end

---A button of a reply keyboard that lets the person make a poll.
---```lua
---local ask = tg.button.request_poll("Ask us", { force_quiz = true })
---```
---@param text string|FormattedText What is written on it.
---@param options? PollButtonOptions How it works.
---@return Button
function tg.button.request_poll(text, options) end

---A button of a reply keyboard that lets the person choose users, bots, groups or channels, of which the bot is told; in private chats only.
---```lua
---client:send_message("@durov", "Whom do you want to invite?", {
---  buttons = tg.button.request_peer("Choose friends", "user", { id = 1, max_quantity = 5, resize = true }),
---})
---```
---@param text string|FormattedText What is written on it.
---@param kind "user"|"bot"|"group"|"channel" What may be chosen.
---@param options? RequestPeerOptions Which ones, and how many.
---@return Button
function tg.button.request_peer(text, kind, options) end

---Takes a reply keyboard away.
---```lua
---client:send_message("@durov", "Thank you", { buttons = tg.button.clear() })
---```
---@param options? ClearOptions For whom.
---@return ReplyMarkup
function tg.button.clear(options) end

---Makes the person's app act as if they had begun to answer the message.
---```lua
---client:send_message("@durov", "Your name?", { buttons = tg.button.force_reply({ placeholder = "First name" }) })
---```
---@param options? ForceReplyOptions For whom, and what the empty line of writing shows.
---@return ReplyMarkup
function tg.button.force_reply(options) end

---Lua values as JSON. A table with the elements 1 to n is a list, any other is an object; an empty one is an object, unless `list` has made it. Whole numbers beyond 2^53 are decimal text.
---@class tg.json
---@field null Null What stands for null where nil can't: in lists, and in objects that shall have it.
tg.json = {}

---Write a value as JSON. Names are sorted: the same value is always the same text.
---
---Errors: ENCODE
---```lua
---print(tg.json.encode({ name = "Alice", tags = tg.json.list({}) }))
---print(tg.json.encode({ 1, 2, { deep = true } }, { pretty = true }))
---```
---@param value? any What to write: nil, booleans, numbers, UTF-8, tables of these. NaN, functions and objects can't be written.
---@param options? JsonEncodeOptions How to write it.
---@return string
---@overload fun(self: tg.json, options: JsonEncodeOptions): string
function tg.json.encode(value, options) end

---Read JSON. null is left out of objects, and is tg.json.null in lists, which keep their length.
---
---Errors: PARSE
---```lua
---local ok, result = pcall(tg.json.decode, '{"users": [{"id": 1}]}')
---if ok then print(result.users[1].id) else print(result.line, result.column) end
---```
---@param text string What to read: one value, with at most a million values in it, nested 200 deep.
---@param options? JsonDecodeOptions How to read it.
---@return any
function tg.json.decode(text, options) end

---Make a table a list even when it is empty. Lists that were read are so already.
---```lua
---print(tg.json.encode(tg.json.list()))
---```
---@param table? table What shall be a list; a new table if not given.
---@return table
function tg.json.list(table) end

---Lua values as YAML. Tables are lists and objects as in tg.json.
---@class tg.yaml
tg.yaml = {}

---Write a value as YAML, with sorted names.
---
---Errors: ENCODE
---```lua
---print(tg.yaml.encode({ name = "Alice", tags = { "a", "b" } }))
---```
---@param value? any What to write.
---@return string
function tg.yaml.encode(value) end

---Read YAML. Dates stay text; null is nil, and tg.json.null in lists.
---
---Errors: PARSE
---```lua
---local settings = tg.yaml.decode("limit: 3\nwords: [a, b]")
---print(settings.limit, #settings.words)
---```
---@param text string What to read: the first document, with at most a million values in it after its aliases.
---@return any
function tg.yaml.decode(text) end

---Tables as spreadsheets write them: comma-separated values.
---@class tg.csv
tg.csv = {}

---Write rows.
---
---Errors: ENCODE
---```lua
---print(tg.csv.encode({ { "name", "age" }, { "Alice", 30 } }))
---print(tg.csv.encode({ { name = "Alice", age = 30 } }, { columns = { "name", "age" } }))
---```
---@param rows table[] Lists of fields, or objects with the same names. Fields are text, numbers, booleans, nil.
---@param options? CsvEncodeOptions How to write it.
---@return string
function tg.csv.encode(rows, options) end

---Read rows. Every field is text.
---
---Errors: PARSE
---```lua
---for _, row in ipairs(tg.csv.decode("name;age\nAlice;30", { header = true, delimiter = ";" })) do
---  print(row.name, row.age)
---end
---```
---@param text string What to read, with at most a million fields.
---@param options? CsvDecodeOptions How it is written.
---@return table[]
function tg.csv.decode(text, options) end

---Bytes as letters and digits.
---@class tg.base64
tg.base64 = {}

---Write bytes as base64.
---```lua
---print(tg.base64.encode("hello"), tg.base64.encode("a?>", { url = true }))
---```
---@param data string What to write: any bytes.
---@param options? Base64Options How to write it.
---@return string
function tg.base64.encode(data, options) end

---Read base64, of either kind, with or without = at the end. Line ends are skipped.
---
---Errors: PARSE
---```lua
---print(tg.base64.decode("aGVsbG8="))
---```
---@param text string What to read.
---@return string
function tg.base64.decode(text) end

---Bytes as two hexadecimal digits each.
---@class tg.hex
tg.hex = {}

---Write bytes in hexadecimal.
---```lua
---print(tg.hex.encode("hello"))
---```
---@param data string What to write: any bytes.
---@return string
function tg.hex.encode(data) end

---Read hexadecimal digits, large or small.
---
---Errors: PARSE
---```lua
---print(tg.hex.decode("68656c6c6f"))
---```
---@param text string What to read.
---@return string
function tg.hex.decode(text) end

---Addresses of the web, and what stands in them.
---@class tg.url
tg.url = {}

---Write text so that it can stand anywhere in an address.
---```lua
---local address = "https://example.com/search?q=" .. tg.url.encode("cats & dogs")
---```
---@param data string What to write: any bytes.
---@return string
function tg.url.encode(data) end

---Read text of an address. A + is a blank.
---
---Errors: PARSE
---```lua
---print(tg.url.decode("cats+%26+dogs"))
---```
---@param text string What to read.
---@return string
function tg.url.decode(text) end

---Write names and values as they stand behind the ? of an address, sorted.
---```lua
---print("https://example.com/?" .. tg.url.query({ q = "cats & dogs", page = 2, tag = { "a", "b" } }))
---```
---@param values table Names, and for each a text, number, boolean or a list of them.
---@return string
function tg.url.query(values) end

---Read what stands behind the ? of an address. A name that is there twice has a list.
---
---Errors: PARSE
---```lua
---print(tg.url.parse_query("q=cats&page=2").q)
---```
---@param text string What to read.
---@return table<string, string|string[]>
function tg.url.parse_query(text) end

---Take an address apart. Parts that it doesn't have are empty.
---
---Errors: PARSE
---```lua
---local address = tg.url.parse("https://example.com:8080/a?q=cats#top")
---print(address.host, address.port, address.query.q)
---```
---@param text string What to read.
---@return { scheme: string, user: string, host: string, port: string, path: string, query: table<string, string|string[]>, fragment: string }
function tg.url.parse(text) end

---Where a link leads that stands in a page.
---
---Errors: PARSE
---```lua
---print(tg.url.join("https://example.com/a/b", "../c"))
---```
---@param base string Where the link stands.
---@param link string What the link says.
---@return string
function tg.url.join(base, link) end

---Hashes, signatures and what can't be guessed.
---@class tg.crypto
tg.crypto = {}

---SHA-256 of bytes.
---```lua
---print(tg.crypto.sha256("hello"))
---```
---@param data string Any bytes.
---@param options? DigestOptions How to return it.
---@return string
function tg.crypto.sha256(data, options) end

---SHA-512 of bytes.
---```lua
---print(tg.crypto.sha512("hello"))
---```
---@param data string Any bytes.
---@param options? DigestOptions How to return it.
---@return string
function tg.crypto.sha512(data, options) end

---SHA-1 of bytes: for services that ask for it; it protects nothing any more.
---```lua
---print(tg.crypto.sha1("hello"))
---```
---@param data string Any bytes.
---@param options? DigestOptions How to return it.
---@return string
function tg.crypto.sha1(data, options) end

---MD5 of bytes: for services that ask for it; it protects nothing any more.
---```lua
---print(tg.crypto.md5("hello"))
---```
---@param data string Any bytes.
---@param options? DigestOptions How to return it.
---@return string
function tg.crypto.md5(data, options) end

---Sign bytes with a secret: HMAC.
---```lua
---local sign = tg.crypto.hmac("secret", "what is signed")
---print(tg.crypto.equal(sign, tg.crypto.hmac("secret", "what was changed")))
---```
---@param key string The secret: any bytes.
---@param data string What is signed: any bytes.
---@param options? HmacOptions How.
---@return string
function tg.crypto.hmac(key, data, options) end

---Random bytes that nobody can guess.
---```lua
---print(tg.hex.encode(tg.crypto.random(16)))
---```
---@param count integer How many bytes: up to 1048576.
---@return string
function tg.crypto.random(count) end

---A new random UUID, version 4.
---```lua
---print(tg.crypto.uuid())
---```
---@return string
function tg.crypto.uuid() end

---Whether two texts are equal, in a time that doesn't tell where they differ: for signatures and secrets.
---```lua
---print(tg.crypto.equal("guess", "secret"))
---```
---@param a string What was given.
---@param b string What is right.
---@return boolean
function tg.crypto.equal(a, b) end

---Regular expressions, which can more than the patterns of Lua: alternatives, repeated groups, Unicode. What would take too long, such as a long text with a large expression, is refused. Compiled expressions are kept.
---@class tg.regex
tg.regex = {}

---Whether an expression matches anywhere.
---
---Errors: PARSE, TOO_LARGE
---```lua
---print(tg.regex.test([[(?i)^(hi|hello)\b]], "Hello there"))
---```
---@param pattern string An expression in the syntax of RE2, up to 10000 bytes: https://github.com/google/re2/wiki/Syntax
---@param text string Where to look, up to 1 MiB.
---@return boolean
function tg.regex.test(pattern, text) end

---The first match, or nil.
---
---Errors: PARSE
---```lua
---local m = tg.regex.match([[(?P<day>\d+)\.(?P<month>\d+)\.]], "on 24.12.")
---if m then print(m.text, m.groups[1], m.named.month) end
---```
---@param pattern string An expression in the syntax of RE2, up to 10000 bytes: https://github.com/google/re2/wiki/Syntax
---@param text string Where to look, up to 1 MiB.
---@return { text: string, first: integer, last: integer, groups: (string|false)[], named: table<string, string> }|nil
function tg.regex.match(pattern, text) end

---All matches, which don't overlap.
---
---Errors: PARSE
---```lua
---for _, m in ipairs(tg.regex.find_all([[#(\w+)]], "#one and #two")) do print(m.groups[1]) end
---```
---@param pattern string An expression.
---@param text string Where to look.
---@param options? RegexLimitOptions How many.
---@return ({ text: string, first: integer, last: integer, groups: (string|false)[], named: table<string, string> })[]
function tg.regex.find_all(pattern, text, options) end

---The text with something else in the place of each match.
---
---Errors: PARSE, TOO_LARGE
---```lua
---print(tg.regex.replace([[(\w+)@(\w+)]], "alice@home", "$2 of $1"))
---```
---@param pattern string An expression.
---@param text string Where to look.
---@param with string What takes the place of each match: $1 or ${name} is what a group took, $$ is a dollar.
---@param options? RegexLimitOptions How many.
---@return string
function tg.regex.replace(pattern, text, with, options) end

---The pieces between the matches.
---
---Errors: PARSE
---```lua
---for _, word in ipairs(tg.regex.split([[\s*[,;]\s*]], "a, b;c")) do print(word) end
---```
---@param pattern string An expression.
---@param text string Where to look.
---@param options? RegexLimitOptions How many.
---@return string[]
function tg.regex.split(pattern, text, options) end

---An expression that matches the text as it is.
---```lua
---print(tg.regex.test(tg.regex.quote("1+1"), "1+1=2"))
---```
---@param text string What shall be matched as it is.
---@return string
function tg.regex.quote(text) end

---Times are seconds since 1970, as those of messages are, with up to six digits behind the point.
---@class tg.time
tg.time = {}

---Now.
---```lua
---local began = tg.time.now()
---```
---@return number
function tg.time.now() end

---Write a time.
---```lua
---print(tg.time.format(tg.time.now(), "%d.%m.%Y %H:%M", { tz = "Europe/Berlin" }))
---```
---@param time? number Seconds since 1970; now if not given.
---@param format? string As for os.date: %Y %m %d %H %M %S %B %b %A %a %j %p %I %Z %z %F %T %s %f %u %V; as "2026-01-31T12:00:00Z" if not given.
---@param options? ZoneOption Where.
---@return string
---@overload fun(self: tg.time, time: number, options: ZoneOption): string
function tg.time.format(time, format, options) end

---Read a time.
---
---Errors: PARSE
---```lua
---local start = tg.time.parse("2026-01-31 12:00", { tz = "Europe/Berlin" })
---local day = tg.time.parse("31/01/26", "%d/%m/%y")
---```
---@param text string What to read.
---@param format? string How it is written, as for format; if not given, one of the common ways that begin with year or day and can't be mistaken.
---@param options? ZoneOption Where, unless the text says it.
---@return number
---@overload fun(self: tg.time, text: string, options: ZoneOption): number
function tg.time.parse(text, format, options) end

---A time as clock and calendar show it: year, month, day, hour, min, sec, wday (1 is Sunday, as in os.date), yday, week (of ISO 8601), offset from UTC in seconds, zone.
---```lua
---print(tg.time.parts(tg.time.now(), { tz = "local" }).hour)
---```
---@param time? number Seconds since 1970; now if not given.
---@param options? ZoneOption Where.
---@return { year: integer, month: integer, day: integer, hour: integer, min: integer, sec: number, wday: integer, yday: integer, week: integer, offset: integer, zone: string }
---@overload fun(self: tg.time, options: ZoneOption): { year: integer, month: integer, day: integer, hour: integer, min: integer, sec: number, wday: integer, yday: integer, week: integer, offset: integer, zone: string }
function tg.time.parts(time, options) end

---The time at which the clock on the wall shows this.
---```lua
---local noon = tg.time.make({ year = 2026, month = 1, day = 31, hour = 12, tz = "Europe/Berlin" })
---```
---@param parts TimeMakeParts What the clock on the wall says.
---@return number
function tg.time.make(parts) end

---A time some calendar units later or earlier.
---```lua
---local tomorrow = tg.time.add(tg.time.now(), { days = 1, tz = "Europe/Berlin" })
---```
---@param time number Seconds since 1970.
---@param options TimeAddParts What to add; may be less than 0.
---@return number
function tg.time.add(time, options) end

---How many seconds a duration such as "1h30m" has.
---```lua
---print(tg.time.seconds("1h30m"))
---```
---@param duration Duration Seconds, or text such as "90m".
---@return number
function tg.time.seconds(duration) end

---A duration for people to read: "1d 2h", "3m", "0.5s".
---```lua
---print(tg.time.span(90000))
---```
---@param duration Duration Seconds, or text such as "90m".
---@return string
function tg.time.span(duration) end

---Values that a script keeps when it is reloaded, up to 8 MiB. They are gone when the program ends: what shall last goes to tg.store. A value is copied when it is set and when it is got.
---@class tg.state
tg.state = {}

---A value, as it was when it was set.
---```lua
---local count = tg.state.get("count", 0)
---tg.state.set("count", count + 1)
---```
---@param name string Its name.
---@param default? any What to return if there is none.
---@return any
function tg.state.get(name, default) end

---Keep a value.
---
---Errors: TOO_LARGE
---```lua
---tg.state.set("seen", { alice = true })
---```
---@param name string Its name.
---@param value? any Text, numbers, booleans and tables of these; nil takes it away.
function tg.state.set(name, value) end

---The names of all values, sorted.
---```lua
---for _, name in ipairs(tg.state.names()) do print(name) end
---```
---@return string[]
function tg.state.names() end

---Forget all values.
---```lua
---tg.state.clear()
---```
function tg.state.clear() end

---Files and folders, those that `allow: { SCRIPT: { read: [...], write: [...] } }` in config.yaml names. Symbolic links are followed, and where they lead is what must be allowed.
---@class tg.fs
tg.fs = {}

---The bytes of a file.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_TOO_LARGE, FILE_ERROR
---```lua
---local words = tg.fs.read("words.txt")
---```
---@param path string Its name.
---@param options? FileReadOptions How much.
---@return string
function tg.fs.read(path, options) end

---Write a file whole. Who reads it meanwhile, or after a crash, finds the old or the new one.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_EXISTS, FILE_ERROR
---```lua
---tg.fs.write("words.txt", "one\ntwo\n")
---```
---@param path string Its name.
---@param data string What shall be in it: any bytes.
---@param options? FileWriteOptions How.
function tg.fs.write(path, data, options) end

---Write to the end of a file. It is made if there is none.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---tg.fs.append("visits.csv", tg.csv.encode({ { os.time(), "alice" } }))
---```
---@param path string Its name.
---@param data string What comes behind what is in it.
function tg.fs.append(path, data) end

---What is in a folder, by name.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---for _, entry in ipairs(tg.fs.list("pictures")) do print(entry.name, entry.size) end
---```
---@param path string Its name. Relative ones start where config.yaml is.
---@return { name: string, is_folder: boolean, size: integer, modified: Time }[]
function tg.fs.list(path) end

---What is known of a file or folder.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---print(tg.fs.stat("words.txt").size)
---```
---@param path string Its name. Relative ones start where config.yaml is.
---@return { name: string, is_folder: boolean, size: integer, modified: Time }
function tg.fs.stat(path) end

---Whether there is a file or folder of this name.
---
---Errors: PERMISSION_DENIED, FILE_ERROR
---```lua
---if not tg.fs.exists("words.txt") then tg.fs.write("words.txt", "") end
---```
---@param path string Its name. Relative ones start where config.yaml is.
---@return boolean
function tg.fs.exists(path) end

---Make a folder, and those above it. One that is there is no error.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---tg.fs.mkdir("pictures/2026")
---```
---@param path string Its name. Relative ones start where config.yaml is.
function tg.fs.mkdir(path) end

---Delete a file, or an empty folder.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---tg.fs.remove("words.txt")
---tg.fs.remove("pictures", { recursive = true })
---```
---@param path string Its name.
---@param options? FileRemoveOptions How much.
function tg.fs.remove(path, options) end

---Give a file another name or place.
---
---Errors: PERMISSION_DENIED, FILE_NOT_FOUND, FILE_ERROR
---```lua
---tg.fs.rename("new.txt", "words.txt")
---```
---@param from string Its name.
---@param to string Its new name. A file that is there is replaced.
function tg.fs.rename(from, to) end

---Requests to web servers, those that `allow: { SCRIPT: { net: [...] } }` in config.yaml names. This machine and its network are refused unless a rule names their address, whatever name leads to it; the same holds for each redirect. An answer of any status is no error, unless `check` is given. At most 32 requests of a script are open at a time; more wait.
---@class tg.http
tg.http = {}

---Ask for what is there.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---local answer = tg.http.get("https://api.github.com/repos/golang/go", { timeout = "10s", check = true })
---print(answer:json().stargazers_count)
---tg.http.get("https://example.com/film.mp4", { save_to = "film.mp4" })
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.get(url, options) end

---Send something.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---tg.http.post("https://example.com/api", { json = { name = "Alice" }, headers = { Authorization = "Bearer 123" } })
---tg.http.post("https://example.com/upload", { form = { title = "A cat" }, files = { photo = { path = "cat.jpg" } } })
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.post(url, options) end

---Send what shall be there.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---tg.http.put("https://example.com/notes/1", { body = "A note" })
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.put(url, options) end

---Send what shall change.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---tg.http.patch("https://example.com/notes/1", { json = { done = true } })
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.patch(url, options) end

---Take away what is there.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---tg.http.delete("https://example.com/notes/1")
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.delete(url, options) end

---Ask for the headers alone.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---print(tg.http.head("https://example.com").headers["content-type"])
---```
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.head(url, options) end

---Make a request of any method.
---
---Errors: PERMISSION_DENIED, HTTP, HTTP_STATUS, TIMEOUT, TOO_LARGE
---```lua
---tg.http.request("OPTIONS", "https://example.com")
---```
---@param method string GET, POST, or any other.
---@param url string Where: http or https.
---@param options? HttpOptions What else.
---@return HttpResponse
function tg.http.request(method, url, options) end

---Numbers by their bits, of which 32 count. Results are 0 to 2^32-1.
---@class tg.bit
tg.bit = {}

---The bits that both have.
---```lua
---print(tg.bit.band(0xF0, 0x3C))
---```
---@param a integer A number.
---@param b integer Another.
---@return integer
function tg.bit.band(a, b) end

---The bits that either has.
---```lua
---print(tg.bit.bor(0xF0, 0x3C))
---```
---@param a integer A number.
---@param b integer Another.
---@return integer
function tg.bit.bor(a, b) end

---The bits that just one has.
---```lua
---print(tg.bit.bxor(0xF0, 0x3C))
---```
---@param a integer A number.
---@param b integer Another.
---@return integer
function tg.bit.bxor(a, b) end

---The bits that it doesn't have.
---```lua
---print(tg.bit.bnot(0))
---```
---@param a integer A number.
---@return integer
function tg.bit.bnot(a) end

---The bits, moved up.
---```lua
---print(tg.bit.lshift(0xF0, 4))
---```
---@param a integer A number.
---@param n integer How far, 0 to 31; the lowest five bits count.
---@return integer
function tg.bit.lshift(a, n) end

---The bits, moved down.
---```lua
---print(tg.bit.rshift(0xF0, 4))
---```
---@param a integer A number.
---@param n integer How far, 0 to 31; the lowest five bits count.
---@return integer
function tg.bit.rshift(a, n) end

---The bits, moved down, with the highest one repeated.
---```lua
---print(tg.bit.arshift(0xF0, 4))
---```
---@param a integer A number.
---@param n integer How far, 0 to 31; the lowest five bits count.
---@return integer
function tg.bit.arshift(a, n) end

---The bits, moved up, and in again from below.
---```lua
---print(tg.bit.rol(0xF0, 4))
---```
---@param a integer A number.
---@param n integer How far, 0 to 31; the lowest five bits count.
---@return integer
function tg.bit.rol(a, n) end

---The bits, moved down, and in again from above.
---```lua
---print(tg.bit.ror(0xF0, 4))
---```
---@param a integer A number.
---@param n integer How far, 0 to 31; the lowest five bits count.
---@return integer
function tg.bit.ror(a, n) end

---Text by its characters, where the functions of string count bytes.
---@class tg.utf8
tg.utf8 = {}

---How many characters it has. A byte that is no UTF-8 counts as one.
---```lua
---print(tg.utf8.len("Grüße"))
---```
---@param text string Any text.
---@return integer
function tg.utf8.len(text) end

---How many units of UTF-16 it has, which is how Telegram counts: emoji have two.
---```lua
---print(tg.utf8.units("Grüße 🙂"))
---```
---@param text string Any text.
---@return integer
function tg.utf8.units(text) end

---Some of its characters, as string.sub has it.
---```lua
---print(tg.utf8.sub("Grüße", 1, 3))
---```
---@param text string A text.
---@param first integer The first character; from the end if less than 0.
---@param last? integer The last one; the end if not given.
---@return string
function tg.utf8.sub(text, first, last) end

---In capital letters, of all scripts.
---```lua
---print(tg.utf8.upper("Grüße"))
---```
---@param text string Any text.
---@return string
function tg.utf8.upper(text) end

---In small letters, of all scripts.
---```lua
---print(tg.utf8.lower("ПРИВЕТ"))
---```
---@param text string Any text.
---@return string
function tg.utf8.lower(text) end

---With U+FFFD in the place of what is no UTF-8, so that it can be sent.
---```lua
---print(tg.utf8.fix("caf\233"))
---```
---@param text string Any text.
---@return string
function tg.utf8.fix(text) end

---Whether it is UTF-8.
---```lua
---print(tg.utf8.valid("caf\233"))
---```
---@param text string Any text.
---@return boolean
function tg.utf8.valid(text) end

---The numbers of its characters.
---```lua
---for _, code in ipairs(tg.utf8.codes("né")) do print(code) end
---```
---@param text string Any text.
---@return integer[]
function tg.utf8.codes(text) end

---The text of these characters.
---```lua
---print(tg.utf8.char({ 0x1F642 }))
---```
---@param codes integer|integer[] Numbers of Unicode.
---@return string
function tg.utf8.char(codes) end

---Puts formatted text together, so that nothing that others wrote can become formatting. `tg.fmt(template, values)` fills a template.
---@class tg.fmt
---@overload fun(template: string|FormattedText, values?: table<string|integer, string|number|boolean|FormattedText>, options?: TemplateOptions): FormattedText
tg.fmt = {}

---Bold text.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.bold(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.bold(text) end

---Slanted text.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.italic(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.italic(text) end

---Underlined text.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.underline(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.underline(text) end

---Text that is struck through.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.strike(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.strike(text) end

---Text that is hidden until it is touched.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.spoiler(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.spoiler(text) end

---Text in letters of one width, which is copied by a touch.
---```lua
---client:send_message("me", "Hello, " .. tg.fmt.code(client.me.first_name) .. "!")
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.code(text) end

---A block of code.
---```lua
---client:send_message("me", tg.fmt.pre("print('hello')", "lua"))
---```
---@param text string|FormattedText What to say.
---@param language? string What it is written in: "lua".
---@return FormattedText
function tg.fmt.pre(text, language) end

---A quote, in lines of its own.
---```lua
---client:send_message("me", "Somebody said:\n" .. tg.fmt.quote("To be, or not to be", { collapsed = true }))
---```
---@param text string|FormattedText What to say.
---@param options? QuoteStyling How.
---@return FormattedText
function tg.fmt.quote(text, options) end

---Text that leads to an address.
---```lua
---client:send_message("me", "Read " .. tg.fmt.link("the manual", "https://www.lua.org/manual/5.1/"))
---```
---@param text string|FormattedText What to say.
---@param url string Where it leads.
---@return FormattedText
function tg.fmt.link(text, url) end

---A user's name, or other words, that lead to the user and tell them of it.
---```lua
---client:on("message", { pattern = "^/me$" }, function(event)
---  event:respond(tg.fmt.mention(event.sender) .. " is here")
---end)
---```
---@param user Peer|integer|string Who: a user that this account knows.
---@param text? string|FormattedText What to say; the name if not given.
---@return FormattedText
function tg.fmt.mention(user, text) end

---A custom emoji.
---```lua
---client:send_message("me", tg.fmt.emoji("👍", "5368324170671202286") .. " Well done")
---```
---@param text string|FormattedText The emoji that is shown in its place where it can't be.
---@param id integer|string Number of the custom emoji.
---@return FormattedText
function tg.fmt.emoji(text, id) end

---Text without formatting, to begin with.
---```lua
---local lines = tg.fmt.text("Guests:")
---for _, name in ipairs({ "Alice", "Bob" }) do lines = lines .. "\n" .. tg.fmt.bold(name) end
---client:send_message("me", lines)
---```
---@param text string|FormattedText What to say: text is taken as it is.
---@return FormattedText
function tg.fmt.text(text) end

---Put the texts of a list one behind another, as table.concat does.
---```lua
---client:send_message("me", tg.fmt.join({ tg.fmt.bold("a"), "b", tg.fmt.code("c") }, ", "))
---```
---@param parts string|FormattedText|(string|FormattedText)[] What to put together.
---@param separator? string|FormattedText What comes between them; nothing if not given.
---@return FormattedText
function tg.fmt.join(parts, separator) end

---Texts in lines with marks before them.
---```lua
---client:send_message("me", tg.fmt.bold("To do") .. "\n" .. tg.fmt.list({ "Water", "Bread" }, { numbered = true }))
---```
---@param parts string|FormattedText|(string|FormattedText)[] The lines.
---@param options? ListOptions How.
---@return FormattedText
function tg.fmt.list(parts, options) end

---Read Markdown.
---```lua
---client:send_message("me", tg.fmt.markdown("**Welcome**, ") .. client.me.first_name)
---```
---@param text string What you have written yourself: what others wrote may make links in it.
---@return FormattedText
function tg.fmt.markdown(text) end

---Read HTML. An error says where it is.
---```lua
---client:send_message("me", tg.fmt.html("<b>Welcome</b>, ") .. client.me.first_name)
---```
---@param text string What you have written yourself: what others wrote may make links in it.
---@return FormattedText
function tg.fmt.html(text) end

---What a script says in several languages: YAML files in the folder `locales` beside the scripts, one a language (`en.yaml`, `pt-BR.yaml`), with texts by their keys, arguments in braces and plurals. A script is reloaded when one of its files changes.
---@class tg.i18n
tg.i18n = {}

---Read the files of a folder. Without it tg.i18n.of reads those of `locales`. What is wrong in them is told with its line.
---
---Errors: PARSE
---```lua
---local locales = tg.i18n.load("locales", { default = "en" })
---print(table.concat(locales.languages, ", "))
---```
---@param folder? string Where the files are, in the folder of scripts; "locales" if not given.
---@param options? LocalesOptions How they are read.
---@return Locales
---@overload fun(self: tg.i18n, options: LocalesOptions): Locales
function tg.i18n.load(folder, options) end

---Speak someone's language: a function that gives texts by their keys.
---
---Errors: PARSE
---```lua
---client:on("message", { pattern = "^/start$" }, function(event)
---  local t = tg.i18n.of(event)
---  event:reply(t("hello", { name = event.sender.first_name }))
---  event:reply(t("cart.items", { count = 3 }))
---end)
---```
---@param of? string|Peer|Message|table A language ("de-AT"), a user, or an event: then that of who caused it. Accounts of users aren't told other people's languages: they get the default one.
---@return Translator
function tg.i18n.of(of) end

---Tables in a file, by SQLite. Statements reach no other file and load no code; they are ended with the call that made them, two run at once for a minute each (`limits.sql`, `limits.sql_time`), and databases are closed with the script's version.
---@class tg.sql
tg.sql = {}

---Open a database. A file that isn't there is made, with its folder if the script may write there.
---
---Errors: PERMISSION_DENIED, SQL, TOO_MANY
---```lua
---local db = tg.sql.open("data/shop.db")
---db:exec("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, buyer INTEGER, what TEXT)")
---db:exec("INSERT INTO orders (buyer, what) VALUES (?, ?)", client.me.id, "bread")
---for _, order in ipairs(db:query("SELECT * FROM orders WHERE buyer = ?", client.me.id)) do print(order.id, order.what) end
---```
---@param path string Its name, which the script must be allowed to read and write; ":memory:" for one that is gone with the script's version.
---@param options? SqlOpenOptions How.
---@return Database
function tg.sql.open(path, options) end

---Bytes for a statement: a string is stored as text otherwise.
---```lua
---local db = tg.sql.open(":memory:")
---db:exec("CREATE TABLE files (data BLOB)")
---db:exec("INSERT INTO files VALUES (?)", tg.sql.blob("\0\255"))
---```
---@param bytes string Any bytes.
---@return SqlValue
function tg.sql.blob(bytes) end

---A whole number of 64 bits for a statement, from decimal text: such as results have it that are too large for a Lua number.
---```lua
---local db = tg.sql.open(":memory:")
---print(db:value("SELECT ? + 1", tg.sql.integer("9007199254740993")))
---```
---@param number integer|string The number.
---@return SqlValue
function tg.sql.integer(number) end

---Looks after all scripts of the program, for a script that its owner trusts with that: `allow: { SCRIPT: { host: [status, reload, pause, resume] } }` in config.yaml names each order.
---@class tg.host
tg.host = {}

---Tell how all scripts are doing, as `tgscript status` does. `paused` is why a script is, `version` how often it was loaded, `own` says which one asks.
---
---Errors: PERMISSION_DENIED, HOST
---```lua
---for _, script in ipairs(tg.host.scripts()) do
---  print(script.name, script.state, script.errors)
---end
---```
---@return { name: string, account: string, state: string, paused: string, version: integer, loaded: number?, calls: integer, queued: integer, done: integer, errors: integer, last_error: string, own: boolean }[]
function tg.host.scripts() end

---Load a script anew, and return its full name once the new version serves. If that can't be loaded the old one goes on, and the error says why. A script may reload itself: the call returns in the old version, which has `limits.grace` to finish.
---
---Errors: PERMISSION_DENIED, NO_SUCH_SCRIPT, WHICH_SCRIPT, SCRIPT_ERROR, HOST
---```lua
---local ok, why = pcall(tg.host.reload, "weather")
---if not ok then client:send_message("me", "It doesn't load: " .. why.message) end
---```
---@param script string Its name, as tg.host.scripts() has it, or the last part of that.
---@return string
function tg.host.reload(script) end

---Give a script no more events and timers until tg.host.resume or `tgscript resume`. What runs goes on to its end. Returns its full name.
---
---Errors: PERMISSION_DENIED, NO_SUCH_SCRIPT, WHICH_SCRIPT, HOST
---```lua
---tg.host.pause("weather", "the service is down")
---```
---@param script string Its name, as tg.host.scripts() has it, or the last part of that.
---@param reason? string Why, for tgscript status.
---@return string
function tg.host.pause(script, reason) end

---End the pause of a script, and those of its handlers that have failed too often. Tells its full name, and how many pauses that were.
---
---Errors: PERMISSION_DENIED, NO_SUCH_SCRIPT, WHICH_SCRIPT, HOST
---```lua
---if tg.host.resume("weather").ended == 0 then print("it was not paused") end
---```
---@param script string Its name, as tg.host.scripts() has it, or the last part of that.
---@return { name: string, ended: integer }
function tg.host.resume(script) end

---The account that the script runs on.
---@type Client
client = nil
