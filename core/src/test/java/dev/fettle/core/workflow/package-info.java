/// Claims about reports and what checks them.
@NullMarked
package dev.fettle.core.workflow;

import org.jspecify.annotations.NullMarked;
