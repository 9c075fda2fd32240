package clock_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/clock"
)

func TestFormatsReadWhatTheyWrite(t *testing.T) {
	zone, err := clock.Zone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 2, 3, 4, 5, 6, 0, zone)
	for layout, want := range map[string]string{
		"":                         "2026-02-03T04:05:06-05:00",
		"%F %T":                    "2026-02-03 04:05:06",
		"%d.%m.%y, %H:%M:%S":       "03.02.26, 04:05:06",
		"%a %d %b %Y %X %z":        "Tue 03 Feb 2026 04:05:06 -0500",
		"%A, %d %B %Y %I:%M:%S %p": "Tuesday, 03 February 2026 04:05:06 AM",
		"%Y%m%dT%H%M%S":            "20260203T040506",
		"100%% %Y-%j":              "",
	} {
		got, err := clock.Format(at, layout)
		if err != nil {
			t.Fatalf("%s: %v", layout, err)
		}
		if want == "" {
			continue
		}
		if got != want {
			t.Errorf("%s: got %s", layout, got)
		}
		if layout == "%Y%m%dT%H%M%S" {
			continue
		}
		if back, err := clock.Parse(got, layout, zone); err != nil || !back.Equal(at) {
			t.Errorf("%s: %s is read as %v, %v", layout, got, back, err)
		}
	}
	if got, _ := clock.Format(at, "100%% %Y-%j %u%w %V %G %s%n%t%f"); got != "100% 2026-034 22 06 2026 1770109506\n\t000000" {
		t.Errorf("got %q", got)
	}
}

func TestWhatIsNoTime(t *testing.T) {
	for sentence, err := range map[string]error{
		"a format that ends":         second(clock.Format(time.Time{}, "%")),
		"a letter that is none":      second(clock.Format(time.Time{}, "%Q")),
		"reading by words":           second(clock.Parse("x", "January %d", time.UTC)),
		"reading what can't be read": second(clock.Parse("x", "%V", time.UTC)),
		"a day that isn't there":     second(clock.Parse("2026-02-30", "", time.UTC)),
		"before all years":           second(clock.Of(-1e12, time.UTC)),
		"no zone":                    second(clock.Zone("../../etc/passwd")),
		"an offset that is none":     second(clock.Zone("+99:99")),
	} {
		if err == nil {
			t.Errorf("%s is taken", sentence)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestSpans(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 1500 * time.Microsecond: "0.002s", time.Minute: "1m", 25 * time.Hour: "1d 1h", 24*time.Hour + time.Minute: "1d", -time.Hour: "-1h",
	} {
		if got := clock.Span(d); got != want {
			t.Errorf("%v: got %s", d, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2026-01-31 12:00", "%F %H:%M")
	f.Add("1.2.26", "%d.%m.%y")
	f.Fuzz(func(t *testing.T, text, layout string) {
		if got, err := clock.Parse(text, layout, time.UTC); err == nil {
			if again, err := clock.Format(got, layout); err == nil && strings.Contains(again, "%!") {
				t.Fatalf("%q as %q is %q", text, layout, again)
			}
		}
	})
}
