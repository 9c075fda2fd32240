package bindings

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/tgscript/tgscript/bindings/service/csvtext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// csvSpace is tg.csv.
var csvSpace = spec.Namespace{
	Name: "csv", Doc: "Tables as spreadsheets write them: comma-separated values.",
	Functions: []spec.Func{csvEncode, csvDecode},
}

type csvDecodeArgs struct {
	Text string           `lua:"text,bytes" doc:"What to read, with at most a million fields."`
	Opts csvDecodeOptions `lua:"options,optional" doc:"How it is written."`
}

type csvDecodeOptions struct {
	Header    bool   `lua:"header,optional" doc:"The first row names the columns: the others are objects."`
	Delimiter string `lua:"delimiter,optional" doc:"What stands between fields; a comma if not given."`
}

var csvDecode = spec.Function("decode", "Read rows. Every field is text.",
	func(_ *spec.Call, in csvDecodeArgs) (any, error) {
		comma, err := csvtext.Delimiter(in.Opts.Delimiter)
		if err != nil {
			return nil, &spec.ArgumentError{Function: "decode", Place: "option 'delimiter'", Problem: err.Error()}
		}
		rows, err := csvtext.Decode(in.Text, comma)
		if err != nil || !in.Opts.Header {
			return rows, err
		}
		return csvtext.Named(rows), nil
	},
).Direct().Result("table[]").Raises("PARSE").Example(`for _, row in ipairs(tg.csv.decode("name;age\nAlice;30", { header = true, delimiter = ";" })) do
  print(row.name, row.age)
end`)

type csvEncodeArgs struct {
	Rows []vm.Value       `lua:"rows" type:"table[]" doc:"Lists of fields, or objects with the same names. Fields are text, numbers, booleans, nil."`
	Opts csvEncodeOptions `lua:"options,optional" doc:"How to write it."`
}

type csvEncodeOptions struct {
	Columns   []string `lua:"columns,optional" doc:"Which names of the objects, in which order; all, sorted, if not given. They are the first row."`
	Delimiter string   `lua:"delimiter,optional" doc:"What stands between fields; a comma if not given."`
}

var csvEncode = spec.Function("encode", "Write rows.",
	func(_ *spec.Call, in csvEncodeArgs) (string, error) {
		comma, err := csvtext.Delimiter(in.Opts.Delimiter)
		if err != nil {
			return "", &spec.ArgumentError{Function: "encode", Place: "option 'delimiter'", Problem: err.Error()}
		}
		rows, err := csvRows(in.Rows, in.Opts.Columns)
		if err != nil {
			return "", err
		}
		return csvtext.Encode(rows, comma)
	},
).Direct().Raises("ENCODE").Example(`print(tg.csv.encode({ { "name", "age" }, { "Alice", 30 } }))
print(tg.csv.encode({ { name = "Alice", age = 30 } }, { columns = { "name", "age" } }))`)

func csvRows(values []vm.Value, columns []string) ([][]string, error) {
	var rows [][]string
	tables := make([]*vm.Table, len(values))
	objects := len(columns) > 0
	for i, v := range values {
		table, ok := v.(*vm.Table)
		if !ok {
			return nil, csvFail(i, 0, fmt.Errorf("a row is a table, not a %s", v.Type()))
		}
		tables[i] = table
		key, _ := table.Next(vm.Nil)
		objects = objects || key.Type() == vm.TypeString
	}
	if objects {
		if len(columns) == 0 {
			columns = csvColumns(tables)
		}
		rows = append(rows, columns)
	}
	left := shape.Most
	for i, table := range tables {
		n := len(columns)
		if !objects {
			n = table.MaxN()
		}
		if left -= n; left < 0 {
			return nil, csvFail(i, 0, fmt.Errorf("more than %d values", shape.Most))
		}
		row := make([]string, n)
		for j := range row {
			v := table.RawGetInt(j + 1)
			if objects {
				v = table.RawGetString(columns[j])
			}
			text, err := csvField(v)
			if err != nil {
				return nil, csvFail(i, j+1, err)
			}
			row[j] = text
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func csvFail(row, column int, err error) error {
	path := "[" + strconv.Itoa(row+1) + "]"
	if column > 0 {
		path += "[" + strconv.Itoa(column) + "]"
	}
	return &shape.EncodeError{Format: "CSV", Path: path, Err: err}
}

// csvColumns are all names of the objects.
func csvColumns(tables []*vm.Table) []string {
	known := map[string]bool{}
	var columns []string
	for _, table := range tables {
		table.ForEach(func(k, _ vm.Value) {
			if name, ok := k.(vm.String); ok && !known[string(name)] {
				known[string(name)] = true
				columns = append(columns, string(name))
			}
		})
	}
	slices.Sort(columns)
	return columns
}

func csvField(v vm.Value) (string, error) {
	switch v.Type() {
	case vm.TypeString, vm.TypeNumber:
		return vm.Text(v), nil
	case vm.TypeBool:
		return strconv.FormatBool(v == vm.True), nil
	case vm.TypeNil:
		return "", nil
	}
	if data, ok := v.(*vm.UserData); ok && data.Value == shape.Null {
		return "", nil
	}
	return "", fmt.Errorf("a field is text or a number, not a %s", v.Type())
}
