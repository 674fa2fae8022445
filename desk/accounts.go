package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
)

// Account is a local account as the ledger has it.
type Account struct {
	Name     string `json:"name"` // slug: what the ledger records
	Display  string `json:"display"`
	Role     Role   `json:"role"`
	Hash     string `json:"hash"` // argon2id, encoded with its parameters
	Disabled bool   `json:"disabled,omitempty"`
}

// ErrAccount says that a name and password do not belong together, or that the
// account is disabled; it never says which.
var ErrAccount = errors.New("desk: no such account and password")

const accountEntity = "account"

// MinPassword is the least length of a password, in characters.
const MinPassword = 10

// Accounts keeps local accounts in the ledger.
type Accounts struct {
	ledger *ledger.Ledger
	view   *ledger.View[Account]
	// busy bounds concurrent password checks: each takes 64 MiB.
	busy chan struct{}
	// decoy is checked where there is no such account, so that the time taken
	// tells nobody which names exist.
	decoy string
}

// OpenAccounts folds the ledger's accounts.
func OpenAccounts(l *ledger.Ledger) (*Accounts, error) {
	decoy, err := argon2id.CreateHash("decoy of no account", argon2id.DefaultParams)
	if err != nil {
		return nil, fmt.Errorf("desk: accounts: %w", err)
	}
	view := ledger.NewView(l, accountEntity, func(_ Account, e ledger.Event) (Account, error) {
		var a Account
		if err := json.Unmarshal(e.Data, &a); err != nil {
			return a, fmt.Errorf("desk: account %s: %w", e.Key, err)
		}
		return a, nil
	})
	return &Accounts{ledger: l, view: view, busy: make(chan struct{}, 2), decoy: decoy}, nil
}

// Empty reports whether there is no account yet.
func (a *Accounts) Empty() bool { return len(a.view.All()) == 0 }

// All lists the accounts in the order in which they were made.
func (a *Accounts) All() []Account {
	var out []Account
	for _, item := range a.view.All() {
		out = append(out, item.State)
	}
	return out
}

// Put creates an account or replaces its role, display name and password; by
// is who does it. An empty password keeps the present one.
func (a *Accounts) Put(ctx context.Context, by string, acc Account, password string, now time.Time) error {
	if !mention.Slug(acc.Name) {
		return fmt.Errorf("desk: account %q: want a name of a–z, 0–9 and -", acc.Name)
	}
	if !acc.Role.Valid() {
		return fmt.Errorf("desk: account %s: role %q: want reader, editor, approver or admin", acc.Name, acc.Role)
	}
	old, seq, exists := a.view.Get(acc.Name)
	acc.Hash = old.Hash
	if password != "" || !exists {
		hash, err := newHash(password)
		if err != nil {
			return fmt.Errorf("desk: account %s: %w", acc.Name, err)
		}
		acc.Hash = hash
	}
	data, err := json.Marshal(acc)
	if err != nil {
		return fmt.Errorf("desk: account %s: %w", acc.Name, err)
	}
	_, err = a.ledger.Append(ctx, ledger.Event{ID: eventID(), Entity: accountEntity, Key: acc.Name,
		Type: "set", At: now, By: by, Data: data}, seq)
	return err
}

func newHash(password string) (string, error) {
	if n := len([]rune(password)); n < MinPassword {
		return "", fmt.Errorf("password of %d characters: want at least %d", n, MinPassword)
	}
	return argon2id.CreateHash(password, argon2id.DefaultParams)
}

// Check gives the person behind a name and password, or ErrAccount.
func (a *Accounts) Check(ctx context.Context, name, password string) (*Person, error) {
	select {
	case a.busy <- struct{}{}:
		defer func() { <-a.busy }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	acc, _, exists := a.view.Get(name)
	hash := acc.Hash
	if !exists {
		hash = a.decoy
	}
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return nil, fmt.Errorf("desk: account %s: %w", name, err)
	}
	if !same || !exists || acc.Disabled {
		return nil, ErrAccount
	}
	return a.person(acc), nil
}

func (a *Accounts) person(acc Account) *Person {
	p := &Person{Account: acc.Name, Name: acc.Display, Role: acc.Role}
	if p.Name == "" {
		p.Name = acc.Name
	}
	return p
}

// Lookup gives the person of a session that was begun earlier; false if the
// account has been disabled since.
func (a *Accounts) Lookup(name string) (*Person, bool) {
	acc, _, ok := a.view.Get(name)
	if !ok || acc.Disabled {
		return nil, false
	}
	return a.person(acc), true
}
