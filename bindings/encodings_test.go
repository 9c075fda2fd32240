package bindings_test

import "testing"

func TestEncodings(t *testing.T) {
	serviceRows{
		{"base64", `print(tg.base64.encode("a\255\0>?"), tg.base64.encode("a\255\0>?", { url = true }), tg.base64.decode("Yf8APj8=") == "a\255\0>?", tg.base64.decode("Yf8A\nPj8") == "a\255\0>?")`,
			"print: Yf8APj8=\tYf8APj8\ttrue\ttrue"},
		{"base64 that is none", `local ok, e = pcall(tg.base64.decode, "a*b") print(ok, e.kind, e.message)`, "print: false\tPARSE\tread base64: base64 data at input byte 1"},
		{"hexadecimal", `print(tg.hex.encode("\0\255"), tg.hex.decode("00FF") == "\0\255", select(2, pcall(tg.hex.decode, "0")).message)`, "print: 00ff\ttrue\tread hexadecimal: odd length hex string"},
		{"addresses", `print(tg.url.encode("a b&c/ü"), tg.url.decode("a+b%26%20c"), select(2, pcall(tg.url.decode, "%zz")).message)`,
			`print: a%20b%26c%2F%C3%BC` + "\ta b& c\t" + `read address: invalid URL escape "%zz"`},
		{"queries", `print(tg.url.query({ b = 2, a = { "x", "y" }, c = true, n = "1&2" }), tg.url.query({}))
			local q = tg.url.parse_query("?a=x&a=y&b=2") print(#q.a, q.b)`, "print: a=x&a=y&b=2&c=true&n=1%262\t\nprint: 2\t2"},
		{"queries that are none", `print(select(2, pcall(tg.url.query, { "a" })).message) print(select(2, pcall(tg.url.query, { a = print })).message)`,
			"print: query: names and values expected, as in { q = \"cats\" }\nprint: query: 'a' is text, a number or a list of them"},
		{"parts", `local u = tg.url.parse("https://al:pw@example.com:8080/a/b?q=1#top") print(u.scheme, u.user, u.host, u.port, u.path, u.query.q, u.fragment)`,
			"print: https\tal:pw\texample.com\t8080\t/a/b\t1\ttop"},
		{"links", `print(tg.url.join("https://e.com/a/b", "../c?x=1"), tg.url.join("https://e.com/a", "//f.com"), select(2, pcall(tg.url.join, "https://e.com", "http://[")).kind)`,
			"print: https://e.com/c?x=1\thttps://f.com\tPARSE"},
		{"rows", `local rows = tg.csv.decode('a,"b ""c""\nd"\n\n1') print(#rows, rows[1][2], rows[2][1])
			local named = tg.csv.decode("\239\187\191name;age\nAlice;30\nBob", { header = true, delimiter = ";" }) print(#named, named[1].name, named[1].age, named[2].age)`,
			"print: 2\tb \"c\"\nd\t1\nprint: 2\tAlice\t30\tnil"},
		{"rows that are none", `local ok, e = pcall(tg.csv.decode, 'a\n"b') print(ok, e.kind, e.line) print(select(2, pcall(tg.csv.decode, "a", { delimiter = ",," })).message)`,
			"print: false\tPARSE\t2\nprint: decode: option 'delimiter': \",,\" is no delimiter: it is one character, such as \";\" or \"\\t\""},
		{"rows are written", `print((tg.csv.encode({ { "a b", 'q"' }, { 1, true, 2.5 }, { nil, "x" } }):gsub("\n", "|")), (tg.csv.encode({ { b = 1, a = 2 }, { c = 3 } }):gsub("\n", "|")), (tg.csv.encode({ { b = 1, a = 2 } }, { columns = { "b" }, delimiter = "\t" }):gsub("\n", "|")))`,
			"print: a b,\"q\"\"\"|1,true,2.5|,x|\ta,b,c|2,1,|,,3|\tb|1|"},
		{"rows that can't be written", `local ok, e = pcall(tg.csv.encode, { { 1, {} } }) print(ok, e.kind, e.path) print(select(2, pcall(tg.csv.encode, { 5 })).message)`,
			"print: false\tENCODE\t[1][2]\nprint: write CSV: [1]: a row is a table, not a number"},
	}.inWorld(t)
}

func TestCrypto(t *testing.T) {
	serviceRows{
		{"hashes", `print(tg.crypto.sha256("abc"))
			print(tg.crypto.sha1("abc"), tg.crypto.md5(""), #tg.crypto.sha512("", { raw = true }))`,
			"print: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\nprint: a9993e364706816aba3e25717850c26c9cd0d89d\td41d8cd98f00b204e9800998ecf8427e\t64"},
		{"signatures of RFC 4231", `print(tg.crypto.hmac("Jefe", "what do ya want for nothing?"))
			print(tg.crypto.hmac("Jefe", "what do ya want for nothing?", { hash = "md5" }), #tg.crypto.hmac("k", "d", { hash = "sha512", raw = true }))`,
			"print: 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\nprint: 750c783e6ab0b503eaa86e310a5db738\t64"},
		{"what can't be guessed", `print(#tg.crypto.random(32), tg.crypto.random(16) ~= tg.crypto.random(16), tg.crypto.random(0) == "", tg.crypto.uuid() ~= tg.crypto.uuid())
			print(tg.crypto.uuid():match("^%x%x%x%x%x%x%x%x%-%x%x%x%x%-4%x%x%x%-[89ab]%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$") ~= nil)`, "print: 32\ttrue\ttrue\ttrue\nprint: true"},
		{"too much of it", `tg.crypto.random(2^30)`, "load: random: argument 1 (count): 0 to 1048576 expected, got 1073741824"},
		{"comparing", `print(tg.crypto.equal("a", "a"), tg.crypto.equal("a", "b"), tg.crypto.equal("a", "aa"))`, "print: true\tfalse\tfalse"},
		{"unknown hashes", `tg.crypto.hmac("a", "b", { hash = "sha25" })`, "load: hmac: option 'hash': 'sha25' is not one of 'sha256', 'sha512', 'sha1', 'md5': did you mean 'sha256'?"},
	}.inWorld(t)
}

func TestRegex(t *testing.T) {
	serviceRows{
		{"testing", `print(tg.regex.test("(?i)^h[ae]llo", "HALLO you"), tg.regex.test("b+", "aaa"))`, "print: true\tfalse"},
		{"matching", `local m = tg.regex.match([[(?P<day>\d+)\.(\d+)?(x)?]], "on 24.12") print(m.text, m.first, m.last, m.groups[1], m.groups[2], m.groups[3], #m.groups, m.named.day, tg.regex.match("x", "y"))`,
			"print: 24.12\t4\t8\t24\t12\tfalse\t3\t24\tnil"},
		{"all matches", `local all = tg.regex.find_all([[#(\w+)]], "#one #two #three") print(#all, all[3].groups[1], #tg.regex.find_all("#", "###", { limit = 2 }), #tg.regex.find_all("x", ""))`, "print: 3\tthree\t2\t0"},
		{"replacing", `print(tg.regex.replace([[(?P<a>\w+)@(\w+)]], "al@home bo@work", "${2} of $a $$"), tg.regex.replace("a", "aaa", "b", { limit = 2 }), tg.regex.replace("^", "x", "y"))`,
			"print: home of al $ work of bo $\tbba\tyx"},
		{"splitting", `print(table.concat(tg.regex.split([[\s*[,;]\s*]], "a , b;c"), "|"), #tg.regex.split(",", "a,b,c", { limit = 2 }))`, "print: a|b|c\t2"},
		{"quoting", `print(tg.regex.quote("1+1?"))`, `print: 1\+1\?`},
		{"what is no expression", `local ok, e = pcall(tg.regex.test, "a(b", "") print(ok, e.kind, e.message)`, "print: false\tPARSE\tread expression: missing closing ): `a(b`"},
		{"what runs forever elsewhere", `print(tg.regex.test("^(a+)+$", ("a"):rep(100000) .. "b"))`, "print: false"},
		{"bombs", `print(select(2, pcall(tg.regex.test, ("(a|b)"):rep(3000), "")).message)
			print(select(2, pcall(tg.regex.test, "a{1000}{1000}", "")).kind)
			print(select(2, pcall(tg.regex.replace, "", ("a"):rep(200), ("b"):rep(2^19), nil)).kind)
			print(select(2, pcall(tg.regex.test, "a", ("a"):rep(2^20 + 1))).message)`,
			"print: read expression: it is longer than 10000 bytes\nprint: PARSE\nprint: TOO_LARGE\nprint: test: argument 2 (text): text of at most 1048576 bytes expected, got 1048577"},
		{"many expressions", `for i = 1, 500 do assert(tg.regex.test("^" .. i .. "$", tostring(i))) end print("done")`, "print: done"},
		{"bytes", `print(tg.regex.test("(?s)^..$", "\255\254"))`, "print: true"},
	}.inWorld(t)
}
