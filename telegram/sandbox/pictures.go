package sandbox

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // pictures may come as GIF
	"image/jpeg"
	_ "image/png" // and as PNG
	"net/http"
	"strings"
	"sync"
)

// The rules of https://core.telegram.org/api/files#uploading-files for pictures.
const (
	pictureSides = 10_000 // width and height together
	pictureRatio = 20
)

// boxes are the sizes of pictures by the side of the square that each fits into.
var boxes = []struct {
	kind string
	side int
}{{"s", 100}, {"m", 320}, {"x", 800}, {"y", 1280}, {"w", 1 << 20}}

const (
	photoSide       = 2560 // of what isn't JPEG
	thumbSide       = 320
	strippedSide    = 40
	strippedQuality = 20 // of the tables that clients have, see strip
	photoQuality    = 87
)

// painter makes pictures small, one at a time: each may take 100 MB.
type painter struct{ mu sync.Mutex }

// sizes makes the sizes of a photo. What looks like a picture but can't be decoded here, such as
// WebP, has one.
func (p *painter) sizes(b *blobs, original content) ([]size, error) {
	data, err := b.read(original.id, 0, smallAtMost)
	if err != nil {
		return nil, err
	}
	if int64(len(data)) < original.size || !strings.HasPrefix(http.DetectContentType(data), "image/") {
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	shape, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return []size{{kind: "x", w: 640, h: 640, content: original}}, nil
	}
	w, h := shape.Width, shape.Height
	if w <= 0 || h <= 0 || w+h > pictureSides || max(w, h) > pictureRatio*min(w, h) {
		return nil, bad("PHOTO_INVALID_DIMENSIONS")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	list, err := thumbs(b, picture)
	if err != nil {
		return nil, err
	}
	if format != "jpeg" { // photos are always JPEG
		whole := shrink(picture, photoSide)
		if original, err = paint(b, whole, photoQuality); err != nil {
			return nil, err
		}
		w, h = whole.Bounds().Dx(), whole.Bounds().Dy()
	}
	full := size{w: w, h: h, content: original}
	for _, box := range boxes {
		if max(w, h) <= box.side {
			full.kind = box.kind
			break
		}
	}
	return append(list, full), nil
}

// thumbnails makes those of a document that is a picture, or of its given thumbnail; none if it
// can't be decoded. The last return is the size of the picture itself.
func (p *painter) thumbnails(b *blobs, original content) ([]size, image.Point, error) {
	data, err := b.read(original.id, 0, smallAtMost)
	if err != nil || int64(len(data)) < original.size {
		return nil, image.Point{}, err
	}
	shape, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || shape.Width <= 0 || shape.Height <= 0 || shape.Width+shape.Height > pictureSides {
		return nil, image.Point{}, nil //nolint:nilerr // a document may be anything
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, image.Point{}, nil //nolint:nilerr // a document may be anything
	}
	at := image.Pt(shape.Width, shape.Height)
	list, err := thumbs(b, picture)
	if err == nil && len(list) == 1 { // small enough to be its own thumbnail
		var whole content
		whole, err = paint(b, shrink(picture, thumbSide), photoQuality)
		list = append(list, size{kind: "m", w: at.X, h: at.Y, content: whole})
	}
	return list, at, err
}

// thumbs makes the stripped form and, of a picture that is bigger, the one for lists.
func thumbs(b *blobs, picture image.Image) ([]size, error) {
	tiny, err := strip(picture)
	if err != nil {
		return nil, err
	}
	list := []size{{kind: strippedKind, stripped: tiny}}
	if at := picture.Bounds(); max(at.Dx(), at.Dy()) > thumbSide {
		small := shrink(picture, thumbSide)
		stored, err := paint(b, small, photoQuality)
		if err != nil {
			return nil, err
		}
		list = append(list, size{kind: "m", w: small.Bounds().Dx(), h: small.Bounds().Dy(), content: stored})
	}
	return list, nil
}

func paint(b *blobs, picture image.Image, quality int) (content, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
		return content{}, bad("IMAGE_PROCESS_FAILED")
	}
	return b.put(out.Bytes())
}

// strip makes a tiny JPEG without what all of them have in common: clients put the head with the
// tables back. Go's encoder makes the same tables at this quality, as libjpeg does.
//
// See https://core.telegram.org/api/files#stripped-thumbnails.
func strip(picture image.Image) ([]byte, error) {
	small := shrink(picture, strippedSide)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: strippedQuality}); err != nil {
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	scan := []byte{0xff, 0xda, 0, 12} // the header of the scan, 12 bytes long
	_, data, _ := bytes.Cut(out.Bytes(), scan)
	data = bytes.TrimSuffix(data[12-2:], []byte{0xff, 0xd9})
	return append([]byte{1, byte(small.Bounds().Dy()), byte(small.Bounds().Dx())}, data...), nil
}

// shrink makes a picture fit into a square, on white. Each point is the mean of a few of the
// original: cheap, and good enough for thumbnails.
func shrink(picture image.Image, side int) *image.RGBA {
	from := picture.Bounds()
	w, h := from.Dx(), from.Dy()
	if great := max(w, h); great > side {
		w, h = max(w*side/great, 1), max(h*side/great, 1)
	}
	const samples = 3
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	nx, ny := min(samples, from.Dx()/w), min(samples, from.Dy()/h)
	count := uint32(nx * ny)
	for y := range h {
		for x := range w {
			var r, g, b uint32
			for i := range ny {
				for j := range nx {
					at := picture.At(from.Min.X+(x*nx+j)*from.Dx()/(w*nx), from.Min.Y+(y*ny+i)*from.Dy()/(h*ny))
					pr, pg, pb, pa := at.RGBA()
					white := 0xffff - pa
					r, g, b = r+pr+white, g+pg+white, b+pb+white
				}
			}
			out.SetRGBA(x, y, color.RGBA{uint8(r / count >> 8), uint8(g / count >> 8), uint8(b / count >> 8), 255})
		}
	}
	return out
}
