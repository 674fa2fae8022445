package indexer

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// taggedFilter is every read mention of the log.
const taggedFilter = "mention.tagged.>"

// Replay gives the Feed of everything that mention.tagged holds, for Rebuild.
// What cannot be read is handed to bad (which may be nil) and passed over: it
// is among the dead letters already.
func Replay(ctx context.Context, bus stream.Bus, bad func(error)) Feed {
	return func(write func([]*mention.Mention) error) error {
		var batch []*mention.Mention
		err := bus.Replay(ctx, taggedFilter, 1, false, func(msg stream.Message) error {
			m, err := mention.Decode(msg.Data)
			if err != nil {
				if bad != nil {
					bad(fmt.Errorf("indexer: replay: %s #%d: %w", msg.Subject, msg.Seq, err))
				}
				return nil
			}
			if batch = append(batch, m); len(batch) < 2*defaultBatch {
				return nil
			}
			err = write(batch)
			batch = batch[:0]
			return err
		})
		if err == nil && len(batch) > 0 {
			err = write(batch)
		}
		return err
	}
}
