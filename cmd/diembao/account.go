package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
)

func newAccount() *cobra.Command {
	return group("account", "accounts of the desk: add, list, disable", newAccountAdd(), newAccountList(), newAccountDisable())
}

// withAccounts runs f on the accounts in the ledger.
func withAccounts(cmd *cobra.Command, o *where, f func(context.Context, *desk.Accounts) error) error {
	return withBus(cmd, o, func(ctx context.Context, bus *stream.JetStream) error {
		l, err := ledger.Open(ctx, bus)
		if err != nil {
			return err
		}
		defer func() { _ = l.Close() }() // only read
		accounts, err := desk.OpenAccounts(l)
		if err != nil {
			return err
		}
		return f(ctx, accounts)
	})
}

func newAccountAdd() *cobra.Command {
	var o where
	var role, display, passwordFile string
	c := &cobra.Command{
		Use: "add NAME", Args: cobra.ExactArgs(1),
		Short: "make an account, or change its role and password; the password is asked for",
		RunE: func(cmd *cobra.Command, args []string) error {
			password, err := newPassword(cmd, passwordFile)
			if err != nil {
				return usage(err)
			}
			if o.config == "" && o.data != "" {
				if err := os.MkdirAll(o.data, 0o700); err != nil {
					return fmt.Errorf("account: %w", err)
				}
			}
			return withAccounts(cmd, &o, func(ctx context.Context, a *desk.Accounts) error {
				acc := desk.Account{Name: args[0], Display: display, Role: desk.Role(role)}
				if err := a.Put(ctx, "command", acc, password, time.Now()); err != nil {
					return usage(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s may sign in as %s\n", args[0], role)
				return nil
			})
		},
	}
	o.flags(c)
	c.Flags().StringVar(&role, "role", string(desk.Reader), "reader, editor, approver or admin")
	c.Flags().StringVar(&display, "display", "", "name that pages show")
	c.Flags().StringVar(&passwordFile, "password-file", "", "read the password from this file instead of asking")
	return c
}

// newPassword asks twice on a terminal, or reads a file.
func newPassword(cmd *cobra.Command, file string) (string, error) {
	if file != "" {
		return secret(file)
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", errors.New("account: no terminal to ask for the password on; use --password-file")
	}
	ask := func(what string) (string, error) {
		fmt.Fprint(cmd.ErrOrStderr(), what)
		p, err := term.ReadPassword(int(os.Stdin.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(p), err
	}
	first, err := ask("password: ")
	if err != nil {
		return "", err
	}
	second, err := ask("again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("account: the two passwords differ")
	}
	return strings.TrimSpace(first), nil
}

func newAccountList() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "list", Args: cobra.NoArgs, Short: "JSON lines, without the passwords' hashes",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withAccounts(cmd, &o, func(_ context.Context, a *desk.Accounts) error {
				for _, acc := range a.All() {
					acc.Hash = ""
					if err := printJSON(cmd.OutOrStdout(), acc); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	o.flags(c)
	return c
}

func newAccountDisable() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "disable NAME", Args: cobra.ExactArgs(1), Short: "end an account's sign-ins at once; what it did stays in the ledger",
		RunE: func(cmd *cobra.Command, args []string) error {
			return withAccounts(cmd, &o, func(ctx context.Context, a *desk.Accounts) error {
				for _, acc := range a.All() {
					if acc.Name == args[0] {
						acc.Disabled = true
						return a.Put(ctx, "command", acc, "", time.Now())
					}
				}
				return usage(fmt.Errorf("account %q: there is none", args[0]))
			})
		},
	}
	o.flags(c)
	return c
}
