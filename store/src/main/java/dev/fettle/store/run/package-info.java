/// The queue of runs, and the engine that hands them to workers: tasks of db-scheduler, on either database.
@NullMarked
package dev.fettle.store.run;

import org.jspecify.annotations.NullMarked;
