// Dossiers: what is known of a person, and what people decide about it.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "capi/streams.hpp"
#include "spie/dossier/arrow.hpp"
#include "spie/dossier/faits.hpp"
#include "spie/dossier/recherche.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/dossier/values.hpp"

namespace spie::capi {

dossier::Acte act_argument(const spie_act *given) {
  needed(given, "act");
  check_options(given, sizeof(spie_act), "act");
  dossier::Acte act;
  act.auteur = text_argument(given->author, "act.author");
  act.at = record_argument(given->recorded_at, "act.recorded_at");
  act.effet = given->effect == nullptr ? act.at.date() : date_argument(given->effect, "act.effect");
  if (given->reason != nullptr)
    act.motif = text_argument(given->reason, "act.reason");
  return act;
}

namespace {

dossier::Situation situation_at(dossier::Journal &journal, const dossier::Sujet &subject, const char *date,
                                const char *known, const dossier::Regles &rules, const char *date_name,
                                const char *known_name) {
  return dossier::situation(journal, subject, date_argument(date, date_name), known_argument(known, known_name), rules);
}

dossier::Regles rules_of(const spie_pack *pack) {
  return pack == nullptr ? dossier::Regles() : dossier::read_regles(*pack->pack);
}

dossier::Situation situation_of(spie_store *store, const char *subject, const char *date, const char *known,
                                const spie_pack *pack) {
  const dossier::Sujet about = subject_argument(subject, "subject");
  const dossier::Regles rules = rules_of(pack);
  const Use journal(store);
  return situation_at(*journal, about, date, known, rules, "date", "known");
}

std::vector<dossier::Parole> history_of(spie_store *store, const char *subject, const char *path, const char *known) {
  const dossier::Sujet about = subject_argument(subject, "subject");
  const std::string_view fact = text_argument(path, "path");
  const dossier::Connaissance how_far = known_argument(known, "known");
  const Use journal(store);
  return dossier::historique(*journal, about, fact, how_far);
}

std::vector<dossier::Difference> differences_of(spie_store *store, const char *subject, const char *date_before,
                                                const char *known_before, const char *date_after,
                                                const char *known_after, const spie_pack *pack) {
  const dossier::Sujet about = subject_argument(subject, "subject");
  const dossier::Regles rules = rules_of(pack);
  const Use journal(store);
  const auto before = situation_at(*journal, about, date_before, known_before, rules, "date_before", "known_before");
  const auto after = situation_at(*journal, about, date_after, known_after, rules, "date_after", "known_after");
  return dossier::comparer(before, after);
}

template <class Show>
spie_status give_situation(char **json, size_t *length, spie_store *store, const char *subject, const char *date,
                           const char *known, const spie_pack *pack, spie_error *error, Show &&show) {
  return give_text(json, length, error,
                   [&] { return feel::Value(show(situation_of(store, subject, date, known, pack))); });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_dossier_situation(char **json, size_t *length, spie_store *store, const char *subject,
                                   const char *date, const char *known, const spie_pack *pack, spie_error *error) {
  return give_situation(json, length, store, subject, date, known, pack, error,
                        [](const dossier::Situation &found) { return dossier::to_value(found); });
}

spie_status spie_dossier_situation_table(struct ArrowArrayStream *table, spie_store *store, const char *subject,
                                         const char *date, const char *known, const spie_pack *pack,
                                         spie_error *error) {
  return give_stream(table, error, [&](ArrowArrayStream &out) {
    std::vector<dossier::Situation> one;
    one.push_back(situation_of(store, subject, date, known, pack));
    dossier::to_arrow(out, one);
  });
}

spie_status spie_dossier_decide(char **json, size_t *length, spie_store *store, const char *subject, const char *date,
                                const char *known, const spie_decision *decision, const char *facts,
                                size_t facts_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    const PackDecision &asked = *needed(decision, "decision").decision;
    const dossier::Sujet about = subject_argument(subject, "subject");
    const dossier::Regles rules = dossier::read_regles(asked.pack());
    const feel::Value given = object_argument(facts, facts_length, "facts");
    const Use journal(store);
    return result_text(dossier::to_value(
        dossier::decider(asked.pack(), situation_at(*journal, about, date, known, rules, "date", "known"),
                         asked.info().name, given.context())));
  });
}

spie_status spie_dossier_values(char **json, size_t *length, spie_store *store, const char *subject, const char *date,
                                const char *known, const spie_pack *pack, spie_error *error) {
  return give_situation(json, length, store, subject, date, known, pack, error,
                        [](const dossier::Situation &found) { return dossier::valeurs(found); });
}

spie_status spie_dossier_history(char **json, size_t *length, spie_store *store, const char *subject, const char *path,
                                 const char *known, spie_error *error) {
  return give_text(json, length, error, [&] { return dossier::to_value(history_of(store, subject, path, known)); });
}

spie_status spie_dossier_history_table(struct ArrowArrayStream *table, spie_store *store, const char *subject,
                                       const char *path, const char *known, spie_error *error) {
  return give_stream(table, error,
                     [&](ArrowArrayStream &out) { dossier::to_arrow(out, history_of(store, subject, path, known)); });
}

spie_status spie_dossier_compare(char **json, size_t *length, spie_store *store, const char *subject,
                                 const char *date_before, const char *known_before, const char *date_after,
                                 const char *known_after, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] {
    return dossier::to_value(differences_of(store, subject, date_before, known_before, date_after, known_after, pack));
  });
}

spie_status spie_dossier_compare_table(struct ArrowArrayStream *table, spie_store *store, const char *subject,
                                       const char *date_before, const char *known_before, const char *date_after,
                                       const char *known_after, const spie_pack *pack, spie_error *error) {
  return give_stream(table, error, [&](ArrowArrayStream &out) {
    dossier::to_arrow(out, differences_of(store, subject, date_before, known_before, date_after, known_after, pack));
  });
}

spie_status spie_dossier_find(char **json, size_t *length, spie_store *store, const char *key, const char *value,
                              size_t limit, spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view kind = text_argument(key, "key");
    const std::string_view wanted = text_argument(value, "value");
    const Use journal(store);
    feel::List found;
    for (const dossier::Sujet &subject : dossier::chercher(*journal, kind, wanted, limit == 0 ? 100 : limit))
      found.emplace_back(subject.to_string());
    return feel::Value(std::move(found));
  });
}

spie_status spie_dossier_merge(char **json, size_t *length, spie_store *store, const char *kept, const char *absorbed,
                               const spie_act *act, spie_error *error) {
  return give_text(json, length, error, [&] {
    const dossier::Sujet keeper = subject_argument(kept, "kept"), other = subject_argument(absorbed, "absorbed");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return feel::Value(feel::Context{{"evenement", dossier::fusionner(*journal, keeper, other, given)}});
  });
}

spie_status spie_dossier_merged_since(char **json, size_t *length, spie_store *store, const char *merge,
                                      spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view id = text_argument(merge, "merge");
    const Use journal(store);
    return dossier::to_value(dossier::evenements_depuis(*journal, id));
  });
}

spie_status spie_dossier_unmerge(spie_store *store, const char *merge, const char *assignments,
                                 size_t assignments_length, const spie_act *act, spie_error *error) {
  return guard(error, [&] {
    const std::string_view id = text_argument(merge, "merge");
    const auto given = dossier::read_affectations(list_argument(assignments, assignments_length, "assignments"));
    const dossier::Acte acte = act_argument(act);
    const Use journal(store);
    dossier::defusionner(*journal, id, given, acte);
  });
}

spie_status spie_dossier_detach(char **json, size_t *length, spie_store *store, const char *attachment,
                                const spie_act *act, spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view id = text_argument(attachment, "attachment");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return feel::Value(feel::Context{{"dossier", dossier::detacher(*journal, id, given).to_string()}});
  });
}

spie_status spie_dossier_correct(char **json, size_t *length, spie_store *store, const char *event,
                                 const char *correction, size_t correction_length, const spie_act *act,
                                 spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view id = text_argument(event, "event");
    const feel::Value change = object_argument(correction, correction_length, "correction");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return feel::Value(feel::Context{{"evenement", dossier::corriger(*journal, id, change, given)}});
  });
}

spie_status spie_dossier_erase(char **json, size_t *length, spie_store *store, const char *person, const spie_act *act,
                               spie_error *error) {
  return give_text(json, length, error, [&] {
    const dossier::Sujet who = subject_argument(person, "person");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return dossier::to_value(dossier::effacer(*journal, who, given));
  });
}
