/* The statement of expenses as a table of Arrow, in C alone: what is retained of each line, added up in cents. A
 * program that has Arrow imports the stream instead. The pack and the ledger are read within limits of one's own.
 *   etat_en_table PACK_FOLDER LEDGER.csv DATE
 * Arguments: packs/seine-et-marne-2022-2023 examples/donnees/registre-invente.csv 2023-12-31 */
#include <spie/arrow.h>
#include <spie/spie.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = file == NULL ? NULL : malloc(1 << 20);
  *length = bytes == NULL ? 0 : fread(bytes, 1, 1 << 20, file);
  if (file != NULL)
    fclose(file);
  return bytes;
}

/* Where a column stands; -1 when there is none. */
static int64_t column_of(const struct ArrowSchema *schema, const char *name) {
  int64_t i;
  for (i = 0; i < schema->n_children; ++i)
    if (strcmp(schema->children[i]->name, name) == 0)
      return i;
  return -1;
}

/* An amount is decimal128 with two decimals: cents, of which the low half holds all that a convention spends. */
static int64_t cents_at(const struct ArrowArray *column, int64_t row) {
  return ((const int64_t *)column->buffers[1])[2 * row];
}

int main(int count, char **arguments) {
  struct ArrowArrayStream table;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  spie_error error = SPIE_ERROR_INIT;
  spie_limits limits = SPIE_LIMITS_INIT;
  spie_pack_options options = SPIE_PACK_OPTIONS_INIT;
  spie_read_options reading = SPIE_READ_OPTIONS_INIT;
  spie_pack *pack = NULL;
  spie_ledger *ledger = NULL;
  size_t length = 0;
  char *bytes = count == 4 ? read_file(arguments[2], &length) : NULL;
  int64_t row, sum = 0, retained;
  int failed;

  limits.bytes = 1 << 20; /* of one file; what is beyond is refused, and the error says which limit to raise */
  limits.milliseconds = 60000;
  options.limits = &limits;
  reading.limits = &limits;
  failed = bytes == NULL || spie_pack_load(&pack, arguments[1], &options, &error) ||
           spie_ledger_read(&ledger, pack, bytes, length, &reading, &error) ||
           spie_convention_statement_table(&table, pack, ledger, NULL, arguments[3], NULL, 0, &error);
  free(bytes);
  spie_ledger_free(ledger); /* the table stands alone */
  spie_pack_free(pack);
  if (failed) {
    puts(error.message);
    return 1;
  }
  failed = table.get_schema(&table, &schema);
  retained = failed ? -1 : column_of(&schema, "retenu");
  while (!failed && (failed = table.get_next(&table, &batch)) == 0 && batch.release != NULL) {
    printf("%ld lignes, %ld colonnes\n", (long)batch.length, (long)batch.n_children);
    for (row = 0; row < batch.length; ++row)
      sum += cents_at(batch.children[retained], row);
    batch.release(&batch);
  }
  printf("retenu : %ld.%02ld €\n", (long)(sum / 100), (long)(sum % 100));
  if (schema.release != NULL)
    schema.release(&schema);
  table.release(&table);
  return failed;
}
