/* Many rows through one decision, without a text on the way: the facts go into the slots of a row, which a thread
 * keeps. Prints how many are admitted, and of how many a fact is missing. lignes PACK_FOLDER DATE Arguments:
 * packs/seine-et-marne-2022-2023 2022-06-01
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
  /* The same for all of these persons: set once. */
  const char *freins =
      "[{\"code\": \"mobilite\", \"reponse\": \"oui\"}, {\"code\": \"formation\", \"reponse\": \"oui\"}]";
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *admission = NULL;
  spie_row *row = NULL;
  int32_t yes = 0;
  size_t slot = 0, rsa = 0, resides = 0;
  int admitted = 0, unknown = 0, i = 0;
  spie_status status = count == 3 ? SPIE_OK : SPIE_ERROR_ARGUMENT;
  if (status == SPIE_OK)
    status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_pack_decision(&admission, pack, "admission", &error);
  if (status == SPIE_OK)
    status = spie_row_new(&row, admission, &error);
  if (status == SPIE_OK)
    status = spie_row_slot(&slot, row, "freins", &error);
  if (status == SPIE_OK)
    status = spie_row_set_json(row, slot, freins, strlen(freins), &error);
  if (status == SPIE_OK)
    status = spie_row_slot(&rsa, row, "beneficiaire.rsa", &error);
  if (status == SPIE_OK)
    status = spie_row_slot(&resides, row, "beneficiaire.reside_departement", &error);
  for (i = 0; status == SPIE_OK && i < 3000; ++i) { /* in a program: the rows of its table */
    status = spie_row_set_text(row, rsa, "oui", 3, &error);
    if (status == SPIE_OK)
      status = i % 3 == 2 ? spie_row_set_unknown(row, resides, &error)
                          : spie_row_set_text(row, resides, i % 3 == 0 ? "oui" : "non", 3, &error);
    if (status == SPIE_OK)
      status = spie_row_evaluate(row, arguments[2], &error);
    if (status == SPIE_OK && spie_row_status(row) != SPIE_ROW_DETERMINE)
      ++unknown;
    else if (status == SPIE_OK && (status = spie_row_boolean(&yes, row, NULL, &error)) == SPIE_OK)
      admitted += yes;
  }
  if (status == SPIE_OK)
    printf("%d rows: %d admitted, %d lack a fact\n", i, admitted, unknown);
  else
    fprintf(stderr, "%s: %s (%s)\n", error.code, error.message, error.remedy);
  spie_row_free(row);
  spie_decision_free(admission);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
