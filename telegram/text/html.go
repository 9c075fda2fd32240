package text

import (
	"strings"

	"golang.org/x/net/html"
)

// tags are the elements of Telegram's HTML, https://core.telegram.org/bots/api#html-style.
var tags = map[string]kind{
	"b": bold, "strong": bold, "i": italic, "em": italic, "u": underline, "ins": underline,
	"s": strike, "strike": strike, "del": strike, "tg-spoiler": spoiler, "span": spoiler,
	"code": code, "pre": pre, "a": link, "blockquote": quote, "tg-emoji": emoji,
}

// element is a tag that waits for its end.
type element struct {
	span
	tag      string
	at       int // where the tag stands in the source
	language string
}

type htmlReader struct {
	src   string
	at    int // where the current token begins
	out   strings.Builder
	open  []element
	spans []span
}

func parseHTML(src string) (Text, error) {
	r := htmlReader{src: src}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		kind := z.Next()
		if kind == html.ErrorToken { // the end: a strings.Reader has no other error
			break
		}
		size := len(z.Raw())
		if err := r.token(kind, z.Token()); err != nil {
			return Text{}, err
		}
		r.at += size
	}
	if n := len(r.open); n > 0 {
		r.at = r.open[n-1].at
		return Text{}, r.fail("<" + r.open[n-1].tag + "> is never closed")
	}
	return textOf(r.out.String(), normal(r.out.String(), r.spans)), nil
}

func (r *htmlReader) fail(message string) error {
	before := r.src[:r.at]
	return &SyntaxError{Line: 1 + strings.Count(before, "\n"), Column: r.at - strings.LastIndexByte(before, '\n'), Message: message}
}

func (r *htmlReader) token(kind html.TokenType, t html.Token) error {
	switch kind {
	case html.TextToken:
		r.out.WriteString(t.Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		if t.Data == "br" {
			r.out.WriteByte('\n')
			return nil
		}
		e, err := r.start(t)
		if err != nil || kind == html.SelfClosingTagToken {
			return err
		}
		r.open = append(r.open, e)
	case html.EndTagToken:
		return r.end(t.Data)
	}
	return nil
}

func (r *htmlReader) start(t html.Token) (element, error) {
	k, known := tags[t.Data]
	if !known {
		return element{}, r.fail("unknown tag <" + t.Data + ">: write &lt; for a plain <; known are a b blockquote br code del em i ins pre s span strike strong tg-emoji tg-spoiler u")
	}
	e := element{span: span{kind: k, from: r.out.Len()}, tag: t.Data, at: r.at}
	attribute := map[string]string{}
	for _, a := range t.Attr {
		attribute[a.Key] = a.Val
	}
	switch k {
	case link:
		if attribute["href"] == "" {
			return e, r.fail(`<a> needs an address: <a href="https://…">`)
		}
		e.kind, e.arg = destination(attribute["href"])
	case emoji:
		if e.arg = attribute["emoji-id"]; !isNumber(e.arg) {
			return e, r.fail(`<tg-emoji> needs a number: <tg-emoji emoji-id="5368324170671202286">`)
		}
	case quote:
		if _, folds := attribute["expandable"]; folds {
			e.kind = folded
		}
	case pre:
		e.arg = attribute["language"]
	case code:
		e.language = strings.TrimPrefix(attribute["class"], "language-")
	case spoiler:
		if t.Data == "span" && attribute["class"] != "tg-spoiler" {
			return e, r.fail(`<span> is known as <span class="tg-spoiler"> alone`)
		}
	}
	return e, nil
}

func (r *htmlReader) end(tag string) error {
	n := len(r.open)
	if n == 0 {
		return r.fail("</" + tag + "> closes nothing")
	}
	e := r.open[n-1]
	if e.tag != tag {
		return r.fail("</" + tag + "> stands where </" + e.tag + "> is due: tags must be closed in reverse order")
	}
	r.open = r.open[:n-1]
	if e.kind == code && n > 1 && r.open[n-2].kind == pre { // <pre><code class="language-go">: one block
		r.open[n-2].arg = e.language
		return nil
	}
	e.to = r.out.Len()
	r.spans = append(r.spans, e.span)
	return nil
}

func writeHTML(plain string, spans []span) string {
	var b strings.Builder
	writeNodes(&b, plain, tree(spans), 0, len(plain))
	return b.String()
}

func writeNodes(b *strings.Builder, plain string, nodes []*node, from, to int) {
	for _, n := range nodes {
		b.WriteString(escapeHTML.Replace(plain[from:n.from]))
		open, close := n.tags()
		b.WriteString(open)
		writeNodes(b, plain, n.inner, n.from, n.to)
		b.WriteString(close)
		from = n.to
	}
	b.WriteString(escapeHTML.Replace(plain[from:to]))
}

// escapeHTML leaves quotation marks alone in text; a carriage return would be read as a line feed.
var escapeHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

// plainTags are the tags without attributes that Format writes.
var plainTags = map[kind]string{bold: "b", italic: "i", underline: "u", strike: "s", spoiler: "tg-spoiler", code: "code", quote: "blockquote"}

func (n *node) tags() (open, close string) {
	value := html.EscapeString(n.arg)
	switch n.kind {
	case folded:
		return "<blockquote expandable>", "</blockquote>"
	case pre:
		if n.arg != "" {
			return `<pre><code class="language-` + value + `">`, "</code></pre>"
		}
		return "<pre>", "</pre>"
	case link:
		return `<a href="` + value + `">`, "</a>"
	case mention:
		return `<a href="tg://user?id=` + value + `">`, "</a>"
	case emoji:
		return `<tg-emoji emoji-id="` + value + `">`, "</tg-emoji>"
	}
	tag := plainTags[n.kind]
	return "<" + tag + ">", "</" + tag + ">"
}
