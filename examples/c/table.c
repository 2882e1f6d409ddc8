/* A decision asked of a whole table, in C alone: three people in, their answers out, by the Arrow C interfaces. A
 * program that has Arrow exports its own table instead. Arguments: packs/seine-et-marne-2022-2023 */
#include <spie/arrow.h>
#include <spie/spie.h>
#include <stdio.h>
#include <string.h>

/* The table: one column of texts, "beneficiaire.reside_departement", of three rows. All of it is static: nothing is to
 * be freed. */
static const int32_t offsets[] = {0, 3, 6, 6};
static const uint8_t valid[] = {0x3}; /* the third is null */
static const void *text_buffers[] = {valid, offsets, "ouinon"};
static const void *no_buffer[] = {NULL};
static int rows_given = 0;

static void keep_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void keep_array(struct ArrowArray *array) { array->release = NULL; }
static void keep_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }
static const char *no_error(struct ArrowArrayStream *stream) { return stream == NULL ? "" : NULL; }

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  static struct ArrowSchema column, *columns[] = {&column};
  (void)stream;
  memset(&column, 0, sizeof column);
  memset(out, 0, sizeof *out);
  column.format = "u";
  column.name = "beneficiaire.reside_departement";
  column.flags = ARROW_FLAG_NULLABLE;
  column.release = keep_schema;
  out->format = "+s";
  out->n_children = 1;
  out->children = columns;
  out->release = keep_schema;
  return 0;
}

static int give_rows(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  static struct ArrowArray column, *columns[] = {&column};
  (void)stream;
  memset(out, 0, sizeof *out);
  if (rows_given++ > 0) /* the end: an array that is released */
    return 0;
  memset(&column, 0, sizeof column);
  column.length = out->length = 3;
  column.null_count = 1;
  column.n_buffers = 3;
  column.buffers = text_buffers;
  column.release = keep_array;
  out->n_buffers = 1;
  out->buffers = no_buffer;
  out->n_children = 1;
  out->children = columns;
  out->release = keep_array;
  return 0;
}

/* The text of a row of a dictionary column. */
static int show(const struct ArrowArray *column, int64_t row) {
  const int32_t *codes = column->buffers[1], *starts = column->dictionary->buffers[1];
  const char *texts = column->dictionary->buffers[2];
  const int32_t code = codes[row];
  return printf("%.*s\n", (int)(starts[code + 1] - starts[code]), texts + starts[code]);
}

/* Where a decision goes row by row: what in it does, and why. Here the table has no list of freins, over which the pack
 * goes; the answers are the same. */
static void tell(void *context, const char *place, const char *why) {
  fprintf((FILE *)context, "row by row, for %s: %s\n", place, why);
}

/* Of how many rows of a decision that goes by columns the answer was made one by one, and why. */
static void tell_left(void *context, const char *place, const char *why, int64_t rows) {
  fprintf((FILE *)context, "%ld rows one by one, for %s: %s\n", (long)rows, place, why);
}

int main(int count, char **arguments) {
  spie_table_options options = SPIE_TABLE_OPTIONS_INIT;
  struct ArrowArrayStream table = {give_schema, give_rows, no_error, keep_stream, NULL}, answer;
  struct ArrowArray batch;
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *decision = NULL;
  char *decisions = NULL, *first = NULL;
  int failed;
  options.row_by_row = tell;
  options.rows_left = tell_left;
  options.context = stdout;
  failed = count != 2 || spie_pack_load(&pack, arguments[1], NULL, &error) ||
           spie_pack_decision(&decision, pack, "admission", &error) ||
           spie_decision_evaluate_table(&answer, decision, &table, "2022-06-01", &options, &error);
  /* How a decision goes over a table, column by column or row by row, and why; its answers are the same. */
  if (!failed && spie_pack_columns(&decisions, NULL, pack, "2022-06-01", &error) == SPIE_OK &&
      spie_json_member(&first, NULL, decisions, strlen(decisions), "/0", &error) == SPIE_OK)
    puts(first);
  spie_free(first), spie_free(decisions);
  spie_decision_free(decision); /* the answer keeps what it needs */
  spie_pack_free(pack);
  if (failed) {
    puts(error.message);
    return 1;
  }
  while ((failed = answer.get_next(&answer, &batch)) == 0 && batch.release != NULL) {
    int64_t row;
    for (row = 0; row < batch.length; ++row)
      show(batch.children[batch.n_children - 1], row); /* the last column: "statut" */
    batch.release(&batch);
  }
  if (failed)
    puts(answer.get_last_error(&answer));
  answer.release(&answer);
  return failed;
}
