package trial

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteTAP writes what https://testanything.org/tap-version-14-specification.html describes.
func (s *Summary) WriteTAP(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", len(s.Results))
	for i := range s.Results {
		r := &s.Results[i]
		name := strings.NewReplacer("\\", "\\\\", "#", "\\#", "\n", " ").Replace(r.File + ": " + r.Name)
		switch r.State {
		case Passed:
			fmt.Fprintf(&b, "ok %d - %s\n", i+1, name)
		case Skipped:
			fmt.Fprintf(&b, "ok %d - %s # SKIP %s\n", i+1, name, strings.ReplaceAll(r.Reason, "\n", " "))
		default:
			fmt.Fprintf(&b, "not ok %d - %s\n  ---\n  message: %s\n  at: %s\n  detail: |\n    %s\n  ...\n", i+1, name,
				asJSON(r.Message()), asJSON(r.Place()), strings.ReplaceAll(printed(r.Story()), "\n", "\n    "))
		}
	}
	return write(w, b.Bytes())
}

// printed is text without what YAML and XML don't take.
func printed(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' {
			return '·'
		}
		return c
	}, text)
}

func asJSON(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		return `""` // strings always can be
	}
	return string(data)
}

// WriteJUnit writes what CI systems read: a suite for each file.
func (s *Summary) WriteJUnit(w io.Writer) error {
	var b bytes.Buffer
	seconds := func(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
	fmt.Fprintf(&b, "%s<testsuites tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%s\">\n", xml.Header,
		len(s.Results), s.Count(Failed), s.Count(Skipped), seconds(s.Took))
	for _, file := range s.files() {
		one := Summary{Results: file}
		for _, r := range file {
			one.Took += r.Took
		}
		fmt.Fprintf(&b, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%s\">\n", escaped(file[0].File),
			len(file), one.Count(Failed), one.Count(Skipped), seconds(one.Took))
		for i := range file {
			r := &file[i]
			fmt.Fprintf(&b, "    <testcase name=\"%s\" classname=\"%s\" time=\"%s\"", escaped(r.Name), escaped(r.File), seconds(r.Took))
			switch r.State {
			case Passed:
				b.WriteString("/>\n")
			case Skipped:
				fmt.Fprintf(&b, ">\n      <skipped message=\"%s\"/>\n    </testcase>\n", escaped(r.Reason))
			default:
				fmt.Fprintf(&b, ">\n      <failure message=\"%s\">%s</failure>\n    </testcase>\n", escaped(r.Message()), escaped(r.Story()))
			}
		}
		b.WriteString("  </testsuite>\n")
	}
	b.WriteString("</testsuites>\n")
	return write(w, b.Bytes())
}

// files are the results of each file.
func (s *Summary) files() (files [][]Result) {
	for _, r := range s.Results {
		if n := len(files); n > 0 && files[n-1][0].File == r.File {
			files[n-1] = append(files[n-1], r)
			continue
		}
		files = append(files, []Result{r})
	}
	return files
}

func escaped(text string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(printed(text))); err != nil {
		return "" // a buffer takes everything
	}
	return b.String()
}

// WriteJSON writes one JSON document.
func (s *Summary) WriteJSON(w io.Writer) error {
	type test struct {
		File    string  `json:"file"`
		Name    string  `json:"name"`
		State   string  `json:"state"`
		Seconds float64 `json:"seconds"`
		Reason  string  `json:"reason,omitempty"`
		At      string  `json:"at,omitempty"`
		Message string  `json:"message,omitempty"`
		Detail  string  `json:"detail,omitempty"`
	}
	out := struct {
		Passed  int     `json:"passed"`
		Failed  int     `json:"failed"`
		Skipped int     `json:"skipped"`
		Seconds float64 `json:"seconds"`
		Tests   []test  `json:"tests"`
	}{s.Count(Passed), s.Count(Failed), s.Count(Skipped), s.Took.Seconds(), []test{}}
	for i := range s.Results {
		r := &s.Results[i]
		one := test{File: r.File, Name: r.Name, State: r.State, Seconds: r.Took.Seconds(), Reason: r.Reason}
		if r.State == Failed {
			one.At, one.Message, one.Detail = r.Place(), r.Message(), r.Story()
		}
		out.Tests = append(out.Tests, one)
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return write(w, append(data, '\n'))
}

func write(w io.Writer, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}
