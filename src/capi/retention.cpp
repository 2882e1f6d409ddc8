// How long dossiers are kept, and the erasure of those that are due.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/conservation/conservation.hpp"
#include "spie/dossier/values.hpp"
#include "spie/passeport/survivances.hpp"

using namespace spie;
using namespace spie::capi;

spie_status spie_retention_due(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                               const char *person, const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &rules_of = *needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const conservation::ReglesConservation rules = conservation::read_conservation(rules_of);
    const Use journal(store);
    if (person == nullptr)
      return conservation::to_value(conservation::echeances_donnees(*journal, at, rules_of, rules));
    const dossier::Sujet who = subject_argument(person, "person");
    return conservation::to_value(std::vector{conservation::echeance_donnees(*journal, who, at, rules_of, rules)});
  });
}

spie_status spie_retention_warn(spie_store *store, const char *person, const spie_act *act, spie_error *error) {
  return guard(error, [&] {
    const dossier::Sujet who = subject_argument(person, "person");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    conservation::prevenir(*journal, who, given);
  });
}

spie_status spie_retention_erase(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                 const char *person, const spie_act *act, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &rules_of = *needed(pack, "pack").pack;
    const dossier::Acte given = act_argument(act);
    const conservation::ReglesConservation rules = conservation::read_conservation(rules_of);
    const droits::Droits rights = droits::read_droits(rules_of);
    const Use journal(store);
    const passeport::Effaces done =
        person == nullptr
            ? passeport::effacer_echus(*journal, rules_of, rules, rights, given)
            : passeport::effacer(*journal, {subject_argument(person, "person")}, rules_of, rules, rights, given);
    return passeport::to_value(done);
  });
}

spie_status spie_retention_doubles(char **json, size_t *length, spie_store *store, const char *persons,
                                   size_t persons_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto who = subjects_argument(persons, persons_length, "persons");
    const Use journal(store);
    return conservation::to_value(conservation::doublons_ouverts(*journal, who));
  });
}

spie_status spie_retention_frozen(char **json, size_t *length, spie_store *store, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Use journal(store);
    return feel::Value(feel::Context{{"cases", conservation::to_value(conservation::figees(*journal))},
                                     {"gels", conservation::to_value(conservation::gels(*journal))}});
  });
}

spie_status spie_retention_restore(char **json, size_t *length, spie_store *store, const char *frozen,
                                   size_t frozen_length, const spie_act *act, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto list = conservation::read_gels(list_argument(frozen, frozen_length, "frozen"));
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return feel::Value(
        feel::Context{{"gels", static_cast<std::int64_t>(conservation::reprendre(*journal, list, given))}});
  });
}
