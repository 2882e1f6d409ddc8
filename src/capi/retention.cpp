// How long dossiers are kept, and the erasure of those that are due.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/dossier/values.hpp"
#include "spie/droits/conservation.hpp"

using namespace spie;
using namespace spie::capi;

spie_status spie_retention_due(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                               const char *person, const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &rules_of = *needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const droits::ReglesConservation rules = droits::read_conservation(rules_of);
    const Use journal(store);
    if (person == nullptr)
      return droits::to_value(droits::echeances_donnees(*journal, at, rules_of, rules));
    const dossier::Sujet who = subject_argument(person, "person");
    return droits::to_value(std::vector{droits::echeance_donnees(*journal, who, at, rules_of, rules)});
  });
}

spie_status spie_retention_warn(spie_store *store, const char *person, const spie_act *act, spie_error *error) {
  return guard(error, [&] {
    const dossier::Sujet who = subject_argument(person, "person");
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    droits::prevenir(*journal, who, given);
  });
}

spie_status spie_retention_erase(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                 const char *frozen, size_t frozen_length, spie_keep keep, void *context,
                                 const spie_act *act, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &rules_of = *needed(pack, "pack").pack;
    const droits::Figees before =
        frozen_length == 0 ? droits::Figees() : droits::read_figees(list_argument(frozen, frozen_length, "frozen"));
    const dossier::Acte given = act_argument(act);
    if (keep == nullptr)
      refuse_argument("keep", "is NULL");
    const auto keeping = [&](const droits::Figees &counts) {
      const std::string text = write_json(droits::to_value(counts));
      if (keep(context, text.c_str(), text.size()) != 0)
        refuse_argument("keep", "could not store the counts: nothing is erased");
    };
    const droits::ReglesConservation rules = droits::read_conservation(rules_of);
    const droits::Droits rights = droits::read_droits(rules_of);
    const Use journal(store);
    const droits::Effaces done = droits::effacer_echus(*journal, rules_of, rules, rights, before, given, keeping);
    return feel::Value(feel::Context{{"personnes", static_cast<std::int64_t>(done.personnes)},
                                     {"effacements", dossier::to_value(done.effacements)},
                                     {"figees", droits::to_value(done.figees)}});
  });
}
