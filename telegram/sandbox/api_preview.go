package sandbox

import (
	"hash/fnv"
	"net/url"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func previewMethods(t table) {
	on(t, people, (*call).getWebPagePreview)
	on(t, people, (*call).getWebPage)
}

// preview is what stands below a text with a link: a page without contents, since the server
// never looks at it. nil if there is no link.
func (s *Server) preview(text string, entities []tg.MessageEntityClass) tg.MessageMediaClass {
	for _, e := range entities {
		link := ""
		switch e := e.(type) {
		case *tg.MessageEntityURL:
			link = slice16(text, e.Offset, e.Length)
		case *tg.MessageEntityTextURL:
			link = e.URL
		default:
			continue
		}
		if page := linkedPage(link); page != nil {
			return &tg.MessageMediaWebPage{Webpage: page}
		}
	}
	return nil
}

func linkedPage(link string) *tg.WebPage {
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") {
		return nil
	}
	id := fnv.New64a()
	_, _ = id.Write([]byte(link)) // never fails
	page := &tg.WebPage{ID: int64(id.Sum64() >> 1), URL: link, DisplayURL: strings.TrimSuffix(u.Host+u.Path, "/")}
	page.SetType("article")
	page.SetSiteName(u.Hostname())
	page.SetTitle(page.DisplayURL)
	return page
}

// previewAgain is what an edited message m has below it: other media stay, pages follow the text.
func (s *Server) previewAgain(m *tg.Message, ch change, none bool) tg.MessageMediaClass {
	if m.Media != nil && !pageOnly(m.Media) {
		return m.Media
	}
	if none {
		return nil
	}
	return s.preview(ch.text, ch.entities)
}

func pageOnly(media tg.MessageMediaClass) bool {
	_, page := media.(*tg.MessageMediaWebPage)
	return page
}

// getWebPagePreview: https://core.telegram.org/method/messages.getWebPagePreview
func (c *call) getWebPagePreview(in *tg.MessagesGetWebPagePreviewRequest) (bin.Encoder, error) {
	out := &tg.MessagesWebPagePreview{Media: &tg.MessageMediaEmpty{}}
	if text, entities, err := c.compose(in.Message, in.Entities, c.user); err == nil {
		if media := c.preview(text, entities); media != nil {
			out.Media = media
		}
	}
	return out, nil
}

// getWebPage: https://core.telegram.org/method/messages.getWebPage
func (c *call) getWebPage(in *tg.MessagesGetWebPageRequest) (bin.Encoder, error) {
	page := linkedPage(in.URL)
	if page == nil {
		return nil, bad("WC_CONVERT_URL_INVALID")
	}
	return &tg.MessagesWebPage{Webpage: page}, nil
}
