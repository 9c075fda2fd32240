package main

import (
	"bytes"
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	line := &progressLine{to: &out, now: func() time.Time { return now }, text: "send film.mp4", began: now}
	line.report(1<<20, 8<<20) // too early to be worth a line
	now = now.Add(2 * time.Second)
	line.report(4<<20, 8<<20)
	line.report(5<<20, 8<<20) // too soon after the one before
	now = now.Add(2 * time.Second)
	line.report(6<<20, -1)
	line.over()
	want := "\r\x1b[Ksend film.mp4   50 % of 8.0 MiB  2.0 MiB/s\r" + "\r\x1b[Ksend film.mp4  6.0 MiB  1.5 MiB/s\r" + "\r\x1b[K"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	out.Reset()
	quick := &progressLine{to: &out, now: func() time.Time { return now }, text: "send a.txt", began: now}
	quick.report(1, 1)
	quick.over()
	if out.Len() != 0 {
		t.Errorf("a quick one gave %q", out.String())
	}
}
