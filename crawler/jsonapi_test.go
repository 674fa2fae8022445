package crawler

import (
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
)

// Answers of the kind that newspapers give about their readers' comments.
func TestJSONAnswersAsTheyAre(t *testing.T) {
	now := time.Date(2026, 9, 18, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, path, answer string
		want               int
		bad                bool
	}{
		{"an object", "data.items", `{"error":0,"data":{"total":1,"items":[{"comment_id":7,"content":"Bao giờ có nước?","creation_time":1789632000,"replies":{"total":0,"items":[]}}]}}`, 1, false},
		{"an empty array for an object", "data.items", `{"error":0,"data":[]}`, 0, false},
		{"null", "data.items", `{"data":null}`, 0, true},
		{"JSON in a string", "Data", `{"Success":true,"Data":"[{\"comment_id\":\"7\",\"content\":\"Bao giờ có nước?\",\"creation_time\":\"1789632000\"}]"}`, 1, false},
		{"an array after all", "Data", `{"Success":true,"Data":[{"comment_id":"7","content":"<p>Bao giờ có nước?</p>","creation_time":"2026-09-17T08:00:00Z"}]}`, 1, false},
		{"an empty string", "Data", `{"Success":true,"Data":"[]"}`, 0, false},
		{"a refusal", "Data", `{"Success":false,"Data":"không được phép"}`, 0, true},
		{"a page", "Data", `<html>403</html>`, 0, true},
	} {
		entries, err := jsonItems([]byte(c.answer), c.path)
		if len(entries) != c.want || (err != nil) != c.bad {
			t.Errorf("%s: %v, %v", c.name, entries, err)
			continue
		}
		source := jsonSource{SourceConfig{Kind: mention.Social, Outlet: "bl", JSON: &JSONConfig{ID: "comment_id", Body: "content", Published: "creation_time"}}}
		for _, entry := range entries {
			it, ok := source.item(entry, "https://x.vn/api", now)
			if !ok || it.PostID != "7" || it.Text.Body != "Bao giờ có nước?" || it.Text.Published.Unix() != 1789632000 || !it.Complete {
				t.Errorf("%s: %+v", c.name, it)
			}
		}
	}
}
