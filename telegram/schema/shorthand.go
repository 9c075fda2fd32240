package schema

import "strings"

// shorthand is the long form of what people write for a value of some classes; nil where there is none.
func shorthand(class string, v any) any {
	switch class {
	case "InputMessage": // a message by its id
		if isNumber(v) {
			return map[string]any{Tag: "inputMessageID", "id": v}
		}
	case "InputReplyTo":
		if isNumber(v) {
			return map[string]any{Tag: "inputReplyToMessage", "reply_to_msg_id": v}
		}
	case "TextWithEntities":
		if s, ok := v.(string); ok {
			return map[string]any{"text": s, "entities": []any{}}
		}
	case "DataJSON":
		if s, ok := v.(string); ok {
			return map[string]any{"data": s}
		}
	case "InputStickerSet":
		if s, ok := v.(string); ok && s != "" && !strings.HasPrefix(s, "inputStickerSet") {
			return map[string]any{Tag: "inputStickerSetShortName", "short_name": s}
		}
	case "Reaction":
		if s, ok := v.(string); ok && !strings.HasPrefix(s, "reaction") {
			return map[string]any{Tag: "reactionEmoji", "emoticon": s}
		}
	}
	if o, ok := v.(*Object); ok {
		return pointer(class, o)
	}
	return nil
}

func isNumber(v any) bool {
	_, problem := whole(v)
	return problem == ""
}

// pointer is how a call names a file that an answer has shown.
func pointer(class string, o *Object) any {
	name := o.Def.Name
	switch {
	case class == "InputDocument" && name == "document", class == "InputPhoto" && name == "photo":
		return map[string]any{Tag: strings.ToLower(class[:1]) + class[1:], "id": o.Int("id"), "access_hash": o.Int("access_hash"), "file_reference": fileReference(o)}
	case class == "InputMedia" && name == "document":
		return map[string]any{Tag: "inputMediaDocument", "id": o}
	case class == "InputMedia" && name == "photo":
		return map[string]any{Tag: "inputMediaPhoto", "id": o}
	case class == "InputMedia" && (name == "messageMediaDocument" || name == "messageMediaPhoto"):
		if inner := o.Object(strings.ToLower(name[len("messageMedia"):])); inner != nil {
			return pointer(class, inner)
		}
	case class == "InputStickerSet" && name == "stickerSet":
		return map[string]any{Tag: "inputStickerSetID", "id": o.Int("id"), "access_hash": o.Int("access_hash")}
	case class == "InputFileLocation" && name == "document":
		return map[string]any{
			Tag: "inputDocumentFileLocation", "id": o.Int("id"), "access_hash": o.Int("access_hash"), "file_reference": fileReference(o), "thumb_size": "",
		}
	}
	return nil
}

func fileReference(o *Object) []byte {
	v, _ := o.Get("file_reference")
	b, _ := v.([]byte)
	return b
}
