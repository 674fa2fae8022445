package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
)

func newCheck() *cobra.Command {
	config := &cobra.Command{
		Use: "config FILE", Args: cobra.ExactArgs(1), Short: "every mistake, with file and line; exits 2 if there is one",
		RunE: func(cmd *cobra.Command, args []string) error {
			problems, err := checkConfig(args[0])
			if err != nil {
				return err
			}
			for _, p := range problems {
				fmt.Fprintln(cmd.OutOrStdout(), p)
			}
			if len(problems) > 0 {
				return usage(fmt.Errorf("check: %d mistakes", len(problems)))
			}
			fmt.Fprintln(cmd.OutOrStdout(), args[0]+": no mistakes")
			return nil
		},
	}
	return group("check", "find mistakes before they cost something", config)
}

// checkConfig gathers the mistakes of the configuration and of the lists that
// it names. The lists are checked even where the file itself has mistakes, as
// far as it names them.
func checkConfig(file string) (configs.Problems, error) {
	var all, some configs.Problems
	c, err := configs.Load(file)
	if err != nil && !errors.As(err, &all) {
		return nil, err
	}
	if c == nil {
		return all, nil // names no lists
	}
	if _, err := configs.LoadRegistry(c.Registry, c.Base); err != nil && !errors.As(err, &some) {
		return nil, err
	}
	return append(all, some...), nil
}
