package main

import (
	"bufio"
	"io"
	"strings"
	"testing"
)

func TestQuestion(t *testing.T) {
	for answer, want := range map[string]string{"bot\n": "bot", "\n": "userbot", "  inline \r\n": "inline", "bot": "bot"} {
		a := &app{terminal: &terminal{err: io.Discard}}
		got, err := a.question(bufio.NewReader(strings.NewReader(answer)), "Template", "userbot")
		if err != nil || got != want {
			t.Errorf("%q is %q, %v", answer, got, err)
		}
	}
	if _, err := (&app{terminal: &terminal{err: io.Discard}}).question(bufio.NewReader(strings.NewReader("")), "Template", "userbot"); err == nil {
		t.Error("an answer out of nothing")
	}
}
