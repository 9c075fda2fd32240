package tgscript

import "reflect"

// merged is own with its zero fields taken from defaults.
func merged[T any](own, defaults T) T {
	v, d := reflect.ValueOf(&own).Elem(), reflect.ValueOf(defaults)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			v.Field(i).Set(d.Field(i))
		}
	}
	return own
}
