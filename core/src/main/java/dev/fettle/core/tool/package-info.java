/// What a model can call: how a tool describes itself, checks its arguments and answers.
@NullMarked
package dev.fettle.core.tool;

import org.jspecify.annotations.NullMarked;
