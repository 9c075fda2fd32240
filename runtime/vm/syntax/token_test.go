package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

func TestTokens(t *testing.T) {
	kinds := map[syntax.Kind]string{syntax.Name: "n", syntax.Keyword: "k", syntax.Number: "1", syntax.Quoted: "q", syntax.Long: "l", syntax.Comment: "c", syntax.Operator: "o"}
	for _, row := range [][3]string{
		{"words and signs", "local a=b..c", "k<local>1:1 n<a>1:7 o<=>1:8 n<b>1:9 o<..>1:10 n<c>1:12"},
		{"numbers", "1 0xFf 1.5e-3 .5 3then 5..x", "1<1>1:1 1<0xFf>1:3 1<1.5e-3>1:8 1<.5>1:15 1<3>1:18 k<then>1:19 1<5>1:24 o<..>1:25 n<x>1:27"},
		{"strings with escapes", `'a\'b' "c\
d" e`, "q<'a\\'b'>1:1 q<\"c\\\nd\">1:8 n<e>2:4"},
		{"long strings and comments", "[==[\n]]]==] --[[\n]] a -- b  \nc", "l<[==[\n]]]==]>1:1 c<--[[\n]]>2:8 n<a>3:4 c<-- b>3:6 n<c>4:1"},
		{"a #! line", "#!/bin/x\na", "c<#!/bin/x>1:1 n<a>2:1"},
		{"signs of other Luas", "a//b<<c~=~d", "n<a>1:1 o<//>1:2 n<b>1:4 o<<<>1:5 n<c>1:7 o<~=>1:8 o<~>1:10 n<d>1:11"},
		{"what never ends", "'a\n[[b", "q<'a>1:1 l<[[b>2:1"},
		{"nothing", " \r\n\t", ""},
	} {
		t.Run(row[0], func(t *testing.T) {
			var got []string
			for _, k := range syntax.Tokens([]byte(row[1])) {
				got = append(got, fmt.Sprintf("%s<%s>%d:%d", kinds[k.Kind], k.Text, k.Line, k.Column))
			}
			if s := strings.Join(got, " "); s != row[2] {
				t.Errorf("got  %s\nwant %s", s, row[2])
			}
		})
	}
}

// FuzzTokens: between tokens there is only white space.
func FuzzTokens(f *testing.F) {
	f.Add([]byte("local a = 1 -- x\n[[y]] 'z\\\n'"))
	f.Add([]byte("\xef\xbb\xbf#!x\n0x 1e+ .. --[==["))
	f.Fuzz(func(t *testing.T, source []byte) {
		at := 0
		if strings.HasPrefix(string(source), "\xef\xbb\xbf") {
			at = 3
		}
		for _, k := range syntax.Tokens(source) {
			if k.At < at || strings.Trim(string(source[at:k.At]), " \t\r\n\v\f") != "" || string(source[k.At:k.At+len(k.Text)]) != k.Text {
				t.Fatalf("%q: token %+v after %d", source, k, at)
			}
			at = k.At + len(k.Text)
		}
		if strings.Trim(string(source[at:]), " \t\r\n\v\f") != "" {
			t.Fatalf("%q: no token for %q", source, source[at:])
		}
	})
}
