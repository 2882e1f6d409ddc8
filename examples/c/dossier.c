/* What was true, and what was known: a dossier at two dates of each. */
#include <spie/spie.h>
#include <stdio.h>
#include <string.h>

#define EVENT(id, commune, since)                                                                                      \
  "[{\"id\": \"" id "\", \"type\": \"adresse\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"" since     \
  "\"}, \"auteur\": \"conseillère\", \"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"commune\": \"" commune "\"}}]"

static spie_error error = SPIE_ERROR_INIT;

static int record(spie_store *store, const char *events, const char *at) {
  char *recorded = NULL;
  const int failed = spie_store_append(&recorded, NULL, store, events, strlen(events), at, &error) != SPIE_OK;
  spie_free(recorded);
  return failed;
}

static int see(spie_store *store, const char *day, const char *known) {
  char *values = NULL;
  if (spie_dossier_values(&values, NULL, store, "personne:aline", day, known, NULL, &error) != SPIE_OK)
    return 1;
  printf("%s, known %s: %s\n", day, known == NULL ? "now" : known, values);
  spie_free(values);
  return 0;
}

int main(void) {
  spie_store *store = NULL;
  /* In a file: spie_store_keys, then spie_store_create. */
  int failed = spie_store_memory(&store, NULL, &error) != SPIE_OK;
  /* She moves on 1 March; it is learnt on 10 April. */
  failed = failed || record(store, EVENT("e-1", "Provins", "2022-01-01"), "2022-01-10T09:00:00Z") ||
           record(store, EVENT("e-2", "Nangis", "2022-03-01"), "2022-04-10T09:00:00Z") ||
           see(store, "2022-02-15", NULL) || see(store, "2022-03-15", NULL) ||
           see(store, "2022-03-15", "2022-03-31"); /* Provins: nobody knew yet */
  if (failed)
    fprintf(stderr, "%s: %s\n", error.code, error.message);
  spie_store_free(store);
  return failed;
}
