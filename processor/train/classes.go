package train

import (
	"fmt"
	"slices"
)

// Classes lists a task's labels in alphabetical order; nil for an unknown task.
func Classes(task string) []string {
	switch task {
	case "rel":
		return []string{"0", "1"}
	case "tone":
		return []string{"neg", "neu", "pos"}
	case "stance":
		return []string{"against", "favour", "none"}
	case "act":
		return []string{"complaint", "official", "opinion", "question", "report", "request", "rumour", "thanks"}
	case "topic":
		return []string{
			"admin", "agriculture", "culture", "defence", "disaster", "economy", "education", "energy",
			"environment", "ethnic", "finance", "health", "housing", "justice", "labour", "land", "other", "tech", "transport",
		}
	}
	return nil
}

// Tasks lists the tasks that whole texts are judged by, and stance.
func Tasks() []string { return []string{"rel", "tone", "act", "topic", "stance"} }

// known accepts a task's labels and "", which means not labelled.
func known(task, value string) error {
	if value != "" && !slices.Contains(Classes(task), value) {
		return fmt.Errorf("%s is %q, not one of %v", task, value, Classes(task))
	}
	return nil
}
