package text

import "testing"

func TestHTML(t *testing.T) {
	for what, c := range map[string]struct{ in, want string }{
		"plain text stays":             {"hello", "hello"},
		"bold, both ways":              {"<b>a</b><strong>b</strong>", "ab bold[0+2]"},
		"all the marks":                {"<i>a</i> <u>b</u> <s>c</s> <tg-spoiler>d</tg-spoiler>", "a b c d italic[0+1] underline[2+1] strike[4+1] spoiler[6+1]"},
		"their other names":            {"<em>a</em> <ins>b</ins> <del>c</del> <strike>e</strike> <span class='tg-spoiler'>d</span>", "a b c e d italic[0+1] underline[2+1] strike[4+1] strike[6+1] spoiler[8+1]"},
		"code and block":               {"<code>x</code> <pre>y</pre>", "x y code[0+1] pre[2+1]"},
		"a block with its language":    {`<pre><code class="language-go">x</code></pre>`, "x pre[0+1]=go"},
		"link":                         {`<a href="https://x.y?a=1&amp;b">t</a>`, "t link[0+1]=https://x.y?a=1&b"},
		"mention by id":                {`<a href="tg://user?id=7">t</a>`, "t mention[0+1]=7"},
		"mail address keeps its text":  {`<a href="mailto:a@b.c">write</a>`, "write link[0+5]=mailto:a@b.c"},
		"custom emoji":                 {`<tg-emoji emoji-id="5">👍</tg-emoji>`, "👍 emoji[0+2]=5"},
		"quotes":                       {"<blockquote>a</blockquote>\n<blockquote expandable>b</blockquote>", "a\nb quote[0+1] folded[2+1]"},
		"a tag inside itself":          {"<b>a<b>b</b>c</b>", "abc bold[0+3]"},
		"a line break":                 {"a<br>b<br/>c", "a\nb\nc"},
		"entities of HTML":             {"&lt;b&gt; &amp; &quot;&#128077;", "<b> & \"👍"},
		"a lone < survives":            {"1 < 2", "1 < 2"},
		"offsets count UTF-16 units":   {"👍<b>b</b>", "👍b bold[2+1]"},
		"comments vanish":              {"a<!-- x -->b", "ab"},
		"capital letters are the same": {"<B>a</B>", "a bold[0+1]"},
	} {
		t.Run(what, func(t *testing.T) {
			got, err := Parse(HTML, c.in)
			if err != nil {
				t.Fatal(err)
			}
			if s := sketch(got); s != c.want {
				t.Errorf("got  %q\nwant %q", s, c.want)
			}
		})
	}
}

func TestHTMLErrorsTellTheirPlace(t *testing.T) {
	for what, c := range map[string]struct{ in, want string }{
		"an unknown tag":             {"a\n<blink>b</blink>", "2:1: unknown tag <blink>: write &lt; for a plain <; known are a b blockquote br code del em i ins pre s span strike strong tg-emoji tg-spoiler u"},
		"a tag that is never closed": {"a <b>b", "1:3: <b> is never closed"},
		"crossed tags":               {"<b>a<i>b</b></i>", "1:9: </b> stands where </i> is due: tags must be closed in reverse order"},
		"an end without a beginning": {"a</b>", "1:2: </b> closes nothing"},
		"a link without an address":  {"<a>b</a>", `1:1: <a> needs an address: <a href="https://…">`},
		"an emoji without a number":  {"<tg-emoji>b</tg-emoji>", `1:1: <tg-emoji> needs a number: <tg-emoji emoji-id="5368324170671202286">`},
		"a span of another class":    {"<span>b</span>", `1:1: <span> is known as <span class="tg-spoiler"> alone`},
	} {
		t.Run(what, func(t *testing.T) {
			if _, err := Parse(HTML, c.in); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}
