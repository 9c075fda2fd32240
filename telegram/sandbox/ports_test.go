package sandbox

import (
	"errors"
	"net"
	"testing"
)

func TestWhereOtherDataCentresListen(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:0":     "127.0.0.1:77",
		"127.0.0.1:4430":  "127.0.0.1:77",
		"127.0.0.2:80":    "127.0.0.4:80", // as GramJS wants it
		"127.0.0.2:443":   "127.0.0.4:443",
		"[::1]:80":        "[::1]:77", // there is one address only
		"localhost:4430":  "localhost:77",
		"127.0.0.255:443": "127.0.1.1:443",
	} {
		if got, err := besides(address, secondDC, "77"); err != nil || got != want {
			t.Errorf("beside %s: %s %v, want %s", address, got, err, want)
		}
	}
	if _, err := besides("nonsense", secondDC, "0"); err == nil {
		t.Error("nonsense is an address")
	}
}

func TestTwoListenersInOne(t *testing.T) {
	listen := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	first, second := listen(), listen()
	both := join(first, second)
	if both.Addr() != first.Addr() {
		t.Errorf("its address is %v", both.Addr())
	}
	for _, l := range []net.Listener{second, first, second} {
		there, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		here, err := both.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if here.RemoteAddr().String() != there.LocalAddr().String() {
			t.Errorf("somebody else was accepted: %v", here.RemoteAddr())
		}
		_ = here.Close()
		_ = there.Close()
	}
	if err := both.Close(); err != nil {
		t.Error(err)
	}
	if _, err := both.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	if err := both.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed twice: %v", err)
	}
}
