package bindings_test

import "testing"

func TestFmt(t *testing.T) {
	serviceRows{
		{"values are text", `print(tg.fmt("Hello, {name}! {link}", { name = tg.fmt.bold("**Al** <b>"), link = tg.fmt.link("[x](y)", "https://a/b?c&d") }).html)`,
			`print: Hello, <b>**Al** &lt;b&gt;</b>! <a href="https://a/b?c&amp;d">[x](y)</a>`},
		{"by number, and what isn't text", `print(tg.fmt("{1}, {2}, {3}", { 1.5, true, "x" }), tg.fmt("{{{n}}}", { n = 2 }))`, "print: 1.5, true, x\t{2}"},
		{"a template with formatting of its own", `print(tg.fmt("**Hi {name}** [x](https://q/?n={name})", { name = "__Al__ &" }, { parse_mode = "md" }).html, tg.fmt("<i>{a}</i>", { a = "<b>" }, { parse_mode = "html" }).html)`,
			`print: <b>Hi __Al__ &amp;</b> <a href="https://q/?n=__Al__%20%26">x</a>` + "\t" + `<i>&lt;b&gt;</i>`},
		{"a template that is formatted text", `print(tg.fmt(tg.fmt.italic("a {b}"), { b = tg.fmt.bold("c") }).html)`, `print: <i>a <b>c</b></i>`},
		{"put together", `local t = "a " .. tg.fmt.bold("😀b") .. 1 .. tg.fmt.code("c") print(t.html, t, t.length, t.entities[1].offset, t.raw_text == nil)`, "load: FormattedText: unknown field 'raw_text'"},
		{"its fields", `local t = "ü " .. tg.fmt.bold("😀b") .. 1 print(t.html, t, t.text, t.length, t.entities[1].type, t.entities[1].offset, t.entities[1].text, t.markdown)`,
			"print: ü <b>😀b</b>1\tü 😀b1\tü 😀b1\t6\tbold\t4\t😀b\tü **😀b**1"},
		{"all kinds", `local f = tg.fmt print(f.join({ f.bold("a"), f.italic("b"), f.underline("c"), f.strike("d"), f.spoiler("e"), f.code("f") }, "-").html)
			print(f.pre("x", "lua").html, f.quote("q").html, f.quote("q", { collapsed = true }).html, f.mention(client.me).html, f.mention(7, "you").html, f.emoji("👍", "5").html)`,
			"print: <b>a</b>-<i>b</i>-<u>c</u>-<s>d</s>-<tg-spoiler>e</tg-spoiler>-<code>f</code>\n" +
				"print: <pre><code class=\"language-lua\">x</code></pre>\t<blockquote>q</blockquote>\t<blockquote expandable>q</blockquote>\t<a href=\"tg://user?id=1001\">alice</a>\t<a href=\"tg://user?id=7\">you</a>\t<tg-emoji emoji-id=\"5\">👍</tg-emoji>"},
		{"nested", `print(tg.fmt.link(tg.fmt.bold(tg.fmt.italic("x") .. "y"), "https://z").html)`, `print: <a href="https://z"><b><i>x</i>y</b></a>`},
		{"lists", `print(tg.fmt.list({ "a", tg.fmt.bold("b") }).html) print(tg.fmt.list({ "a", "b" }, { numbered = true })) print(tg.fmt.list({ "a" }, { marker = tg.fmt.bold("- ") }).html)`,
			"print: • a\n• <b>b</b>\nprint: 1. a\n2. b\nprint: <b>-</b> a"},
		{"what its author wrote", `print(tg.fmt.markdown("**a**").html, tg.fmt.html("<i>b</i>").markdown, (tg.fmt.text("**x**") .. "").html, select(2, pcall(tg.fmt.html, "<b>")).message)`,
			"print: <b>a</b>\t__b__\t**x**\t1:1: <b> is never closed"},
		{"equal", `print(tg.fmt.bold("a") .. "b" == "" .. tg.fmt.bold("a") .. "b", tg.fmt.bold("a") == tg.fmt.italic("a"))`, "print: true\tfalse"},
		{"what is missing is named", `for _, call in ipairs({ function() tg.fmt("Hi {nmae}", { name = 1 }) end, function() tg.fmt("Hi {x") end, function() tg.fmt("{a}", { a = print }) end,
				function() tg.fmt.link("a", "b c") end, function() return tg.fmt.bold("a") .. {} end, function() tg.fmt.bold() end, function() tg.fmt.mention("bob") end }) do print((select(2, pcall(call)).message)) end`,
			"print: fmt: argument 1 (template): unknown value 'nmae': did you mean 'name'?\nprint: fmt: argument 1 (template): 1:4: a name in braces is written {name}, a brace itself {{ or }}\n" +
				"print: fmt: argument 2 (values): {a}: text expected, got function\nprint: link: argument 2 (url): an address without white space expected\nprint: ..: argument 2 (right): text expected, got table\n" +
				"print: bold: argument 1 (text): text expected, got nil\nprint: mention: argument 1 (user): user or id expected, got 'bob'"},
		{"a person is no text", `print((select(2, pcall(tg.fmt, "{a}", { a = client.me })).message)) print((select(2, pcall(tg.fmt.bold, client.me)).message))`,
			"print: fmt: argument 2 (values): {a}: text expected, got Peer: take its name, or tg.fmt.mention(user)\nprint: bold: argument 1 (text): text expected, got Peer: take its name, or tg.fmt.mention(user)"},
		{"on buttons", `local b = tg.fmt.bold("**B**") for _, one in ipairs(tg.keyboard():add({ text = b, data = "1" }, tg.button.inline(b, "2"), tg.button.call(b, print)).rows[1]) do print(one.text) end
			print(tg.keyboard():add(b, tg.button.request_poll(b)).rows[1][1].text, tg.button.request_poll(b).text)`,
			"print: **B**\nprint: **B**\nprint: **B**\nprint: **B**\t**B**"},
		{"tg.text takes it", `print(tg.text.format(tg.fmt.bold("a"), { parse_mode = "html" }), tg.text.escape(tg.fmt.bold("**")), #tg.text.split(tg.fmt.bold(("ab "):rep(10)), { limit = 10 }), tg.text.parse(tg.fmt.bold("**")).entities[1].length)`,
			"print: <b>a</b>\t\\*\\*\t4\t2"},
	}.inWorld(t)
}

// TestFormattedTextIsSent sends it in every way that takes text.
func TestFormattedTextIsSent(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.run(t, `
		local evil = "**x** <b>"
		local text = "Hi " .. tg.fmt.bold(evil) .. "!"
		local function show(m) print(m.text) end
		client:on("message", { pattern = "^go$" }, function(event)
			show(event:reply(text))
			show(event:respond(text, { parse_mode = "html" }))
			local m = client:send_message(event.chat, text)
			show(m:edit(text .. "1"))
			show(client:edit_message(event.chat, m, text .. "2"))
			show(client:send_file(event.chat, { bytes = "a", name = "a.txt" }, { caption = text }))
			show(client:send_file(event.chat, { { bytes = "a", name = "a.txt" }, { bytes = "b", name = "b.txt" } }, { caption = { text, "**b**" } })[1])
			show(client:send_message(event.chat, text, { file = { bytes = "a", name = "a.txt" } }))
			show(m:copy_to(event.chat, { text = text }))
			print(client:send_poll(event.chat, text, { tg.fmt.text(evil), "b" }).raw.media.poll.question.text)
			print(event:ask(text .. "?").raw_text)
			client:conversation(event.chat, function(conv) show(conv:send_message(text)) end)
		end)`, `
		alice> go
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **\*\*x\*\* <b>**!1
		print: Hi **\*\*x\*\* <b>**!2
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **\*\*x\*\* <b>**!
		print: Hi **x** <b>!
		EchoBot: Hi **x** <b>!?
		alice> yes
		print: yes
		print: Hi **\*\*x\*\* <b>**!
	`)
}

func TestFormattedTextInOffers(t *testing.T) {
	newWorld(t, "EchoBot").run(t, `
		client:on("inline_query", function(event)
			event:answer({ { title = tg.fmt.bold("T"), text = tg.fmt("{q}", { q = tg.fmt.bold(event.query) }) } })
		end)
		client:on("message", { chats = "me" }, function() end)`, `
		alice asks> **cats**
		alice is offered: article T
	`)
}
