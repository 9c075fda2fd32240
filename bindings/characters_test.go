package bindings_test

import "testing"

func TestBitsAndCharacters(t *testing.T) {
	serviceRows{
		{"bits", `local b = tg.bit print(b.band(0xF0, 0x3C), b.bor(1, 2), b.bxor(3, 1), b.bnot(0), b.lshift(1, 31), b.rshift(2^31, 31), b.arshift(2^31, 31), b.rol(2^31, 1), b.ror(1, 1), b.band(-1, 255))`,
			"print: 48\t3\t2\t4294967295\t2147483648\t1\t4294967295\t1\t2147483648\t255"},
		{"what has no bits", `print(select(2, pcall(tg.bit.bnot, 1.5)).kind, select(2, pcall(tg.bit.bnot, 0/0)).kind, select(2, pcall(tg.bit.bnot, "1")).kind)`, "print: ARGUMENT\tARGUMENT\tARGUMENT"},
		{"characters", `local u = tg.utf8 print(u.len("Grüße"), u.units("ü🙂"), u.sub("Grüße", 3, 4), u.sub("Grüße", -2), u.sub("Grüße", 9), u.sub("Grüße", -99, -5), u.upper("größe"), u.lower("ПРИВЕТ"))`,
			"print: 5\t3\tüß\tße\t\tG\tGRÖßE\tпривет"},
		{"bytes", `local u = tg.utf8 print(u.valid("\255"), u.valid("é"), u.fix("a\255b"), u.len("\255\254"), table.concat(u.codes("né"), ","), u.char({ 233, 0x1F642 }), pcall(u.char, { -1 }))`,
			"print: false\ttrue\ta\uFFFDb\t2\t110,233\té🙂\tfalse\tchar: argument 1 (codes): no character has such a number"},
	}.inWorld(t)
}
