package stream

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// A backup is gzip over JSON lines, so that any tool can read it: a head that
// names the streams, one line a message, and an end with the count, without
// which the file is not whole.

type backupHead struct {
	Backup  string    `json:"backup"`
	Streams []string  `json:"streams"`
	Made    time.Time `json:"made"`
}

// backupLine is a message, or the end.
type backupLine struct {
	Subject string    `json:"subject,omitempty"`
	ID      string    `json:"id,omitempty"`
	Seq     uint64    `json:"seq,omitempty"`
	Time    time.Time `json:"time,omitzero"`
	Data    []byte    `json:"data,omitempty"`
	End     bool      `json:"end,omitempty"`
	Count   int       `json:"count,omitempty"`
}

const backupFormat = "diembao streams 1"

// Backup writes the messages of the streams, as they were when it reached each
// of them, and tells how many. Work may go on meanwhile.
func Backup(ctx context.Context, bus Bus, streams []string, w io.Writer) (count int, err error) {
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return 0, fmt.Errorf("stream: backup: %w", err)
	}
	out := json.NewEncoder(zip)
	if err := out.Encode(backupHead{Backup: backupFormat, Streams: streams, Made: time.Now().UTC()}); err != nil {
		return 0, fmt.Errorf("stream: backup: %w", err)
	}
	for _, name := range streams {
		n, err := backupStream(ctx, bus, name, out)
		count += n
		if err != nil {
			return count, fmt.Errorf("stream: backup of %s: %w", name, err)
		}
	}
	if err := out.Encode(backupLine{End: true, Count: count}); err != nil {
		return count, fmt.Errorf("stream: backup: %w", err)
	}
	if err := zip.Close(); err != nil {
		return count, fmt.Errorf("stream: backup: %w", err)
	}
	return count, nil
}

func backupStream(ctx context.Context, bus Bus, name string, out *json.Encoder) (count int, err error) {
	spec, err := tableOf(bus).stream(name)
	if err != nil {
		return 0, err
	}
	for _, filter := range spec.Subjects {
		err := bus.Replay(ctx, filter, 0, false, func(m Message) error {
			count++
			return out.Encode(backupLine{Subject: m.Subject, ID: m.ID, Seq: m.Seq, Time: m.Time.UTC(), Data: m.Data})
		})
		if err != nil {
			return count, err
		}
	}
	return count, nil
}

// Restore publishes what Backup wrote, in order and under the same message
// IDs, and tells how many messages it read. The streams named in the backup
// must be empty, so that what stands in them cannot be mixed with it; after a
// Restore that failed, begin again with an empty folder. Messages get new
// sequences and are stored anew, hence new times: what must keep its time has
// it in its data.
func Restore(ctx context.Context, bus Bus, r io.Reader) (count int, err error) {
	zip, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return 0, fmt.Errorf("stream: restore: not a backup: %w", err)
	}
	in := json.NewDecoder(zip)
	var head backupHead
	if err := in.Decode(&head); err != nil {
		return 0, fmt.Errorf("stream: restore: not a backup: %w", err)
	}
	if head.Backup != backupFormat {
		return 0, fmt.Errorf("stream: restore: format %q, want %q", head.Backup, backupFormat)
	}
	if err := wantEmpty(ctx, bus, head.Streams); err != nil {
		return 0, err
	}
	for {
		var batch []Out
		batch, end, err := readBatch(in)
		if err != nil {
			return count, fmt.Errorf("stream: restore: after %d messages: %w", count, err)
		}
		if err := errors.Join(PublishAll(ctx, bus, batch)...); err != nil {
			return count, fmt.Errorf("stream: restore: after %d messages: %w", count, err)
		}
		count += len(batch)
		switch {
		case end == nil:
		case end.Count != count:
			return count, fmt.Errorf("stream: restore: %d messages, the backup had %d", count, end.Count)
		default:
			return count, nil
		}
	}
}

// readBatch reads some messages, or fewer and the end.
func readBatch(in *json.Decoder) (batch []Out, end *backupLine, err error) {
	for bytes := 0; len(batch) < 512 && bytes < 4<<20; {
		var line backupLine
		if err := in.Decode(&line); errors.Is(err, io.EOF) {
			return nil, nil, errors.New("the backup is cut off")
		} else if err != nil {
			return nil, nil, err
		}
		if line.End {
			return batch, &line, nil
		}
		batch = append(batch, Out{Subject: line.Subject, ID: line.ID, Data: line.Data})
		bytes += len(line.Data)
	}
	return batch, nil, nil
}

func wantEmpty(ctx context.Context, bus Bus, streams []string) error {
	all, err := Stats(ctx, bus)
	if err != nil {
		return err
	}
	for _, s := range all.Streams {
		for _, name := range streams {
			if s.Name == name && s.Messages > 0 {
				return fmt.Errorf("stream: restore: %s holds %d messages already, want an empty stream", name, s.Messages)
			}
		}
	}
	return nil
}
