package sandbox

import (
	"encoding/json"
	"fmt"

	"github.com/gotd/td/tg"
)

// graph is a chart of days in the form that Telegram's clients draw.
//
// See https://core.telegram.org/api/stats#graph-types.
type graph struct {
	kind  string // line, bar or area
	from  int    // date of the first day
	lines []graphLine
}

type graphLine struct {
	name   string
	colour string
	days   []int
}

const day = 24 * 3600

func (g graph) shown() (*tg.StatsGraph, error) {
	x := []any{"x"}
	kinds, names, colours := map[string]string{"x": "x"}, map[string]string{}, map[string]string{}
	columns := [][]any{nil}
	for i, l := range g.lines {
		key := fmt.Sprint("y", i)
		column := []any{key}
		for at, n := range l.days {
			if i == 0 {
				x = append(x, int64(g.from+at*day)*1000)
			}
			column = append(column, n)
		}
		columns = append(columns, column)
		kinds[key], names[key], colours[key] = g.kind, l.name, l.colour
	}
	columns[0] = x
	data, err := json.Marshal(map[string]any{
		"columns": columns, "types": kinds, "names": names, "colors": colours, "hidden": []string{},
		"strokeWidth": 2, "xTickFormatter": "statsFormat(\"day\")", "xTooltipFormatter": "statsFormat(\"day\")",
	})
	if err != nil {
		return nil, fmt.Errorf("draw a graph: %w", err)
	}
	return &tg.StatsGraph{JSON: tg.DataJSON{Data: string(data)}}, nil
}
