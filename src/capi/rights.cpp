// Who may see what of a dossier, and do what: views that pass the mask, acts, and the journal of accesses.
#include "capi/desk.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/conservation/conservation.hpp"
#include "spie/dmn/values.hpp"
#include "spie/dossier/values.hpp"
#include "spie/droits/vue.hpp"
#include "spie/parcours/ruptures.hpp"
#include "spie/parcours/vigilance.hpp"
#include "spie/store/acces.hpp"

namespace spie::capi {

namespace {

template <class Open> spie_status give_desk(spie_desk **desk, const spie_pack *pack, spie_error *error, Open &&open) {
  return give_handle(desk, error, [&] {
    auto made = std::make_unique<spie_desk>();
    made->pack = needed(pack, "pack").pack;
    made->rights = droits::read_droits(*made->pack);
    made->rules = dossier::read_regles(*made->pack);
    made->accesses = open();
    return made;
  });
}

using Opening = std::unique_ptr<droits::JournalAcces> (&)(const std::string &, std::string_view,
                                                          const store::Options &);

spie_status give_file(spie_desk **desk, Opening opening, const spie_pack *pack, const char *address, const char *keys,
                      std::size_t keys_length, const spie_store_options *options, spie_error *error) {
  return give_desk(desk, pack, error, [&] {
    return opening(std::string(text_argument(address, "address")), document_argument(keys, keys_length, "keys"),
                   store_options(options));
  });
}

// {"freins": ["frein"]}: what each fact of a pack was made from.
std::vector<droits::Origine> origins_argument(const char *json, std::size_t length) {
  std::vector<droits::Origine> origins;
  const feel::Value given = object_argument(json, length, "origins");
  for (const auto &[fact, paths] : given.context()) {
    const std::string where = "origins#/" + fact;
    const auto refuse = [&where] {
      throw Error({Code::json_value, Level::error, "a list of paths is expected", where, {}});
    };
    if (!paths.is(feel::Kind::list))
      refuse();
    droits::Origine origin{fact, {}};
    for (const feel::Value &path : paths.list()) {
      if (!path.is(feel::Kind::text))
        refuse();
      origin.chemins.push_back(path.text());
    }
    origins.push_back(std::move(origin));
  }
  return origins;
}

// The journal of accesses, alone.
template <class Call>
spie_status answer(char **json, std::size_t *length, spie_desk *desk, spie_error *error, Call &&call) {
  return give_text(json, length, error, [&] {
    const std::lock_guard<std::mutex> held(needed(desk, "desk").one_at_a_time);
    return feel::Value(call(*desk->accesses));
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_desk_memory(spie_desk **desk, const spie_pack *pack, const spie_store_options *options,
                             spie_error *error) {
  return give_desk(desk, pack, error, [&] { return store::open_acces_memory(store_options(options)); });
}

spie_status spie_desk_create(spie_desk **desk, const spie_pack *pack, const char *address, const char *keys,
                             size_t keys_length, const spie_store_options *options, spie_error *error) {
  return give_file(desk, store::create_acces, pack, address, keys, keys_length, options, error);
}

spie_status spie_desk_open(spie_desk **desk, const spie_pack *pack, const char *address, const char *keys,
                           size_t keys_length, const spie_store_options *options, spie_error *error) {
  return give_file(desk, store::open_acces, pack, address, keys, keys_length, options, error);
}

void spie_desk_free(spie_desk *desk) { delete desk; }

spie_status spie_desk_view(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                           const char *person, const char *date, const char *known, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return droits::to_value(counter.voir(who, subject_argument(person, "person"), date_argument(date, "date"),
                                         known_argument(known, "known")));
  });
}

spie_status spie_desk_history(char **json, size_t *length, spie_desk *desk, spie_store *store,
                              const spie_demand *demand, const char *person, const char *path, const char *known,
                              spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return droits::to_value(counter.historique(who, subject_argument(person, "person"), text_argument(path, "path"),
                                               known_argument(known, "known")));
  });
}

spie_status spie_desk_compare(char **json, size_t *length, spie_desk *desk, spie_store *store,
                              const spie_demand *demand, const char *person, const char *date_before,
                              const char *known_before, const char *date_after, const char *known_after,
                              spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return droits::to_value(
        counter.comparer(who, subject_argument(person, "person"), date_argument(date_before, "date_before"),
                         date_argument(date_after, "date_after"), known_argument(known_before, "known_before"),
                         known_argument(known_after, "known_after")));
  });
}

spie_status spie_desk_search(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *name, const char *date, size_t limit, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    feel::List found;
    for (const droits::Vue &view :
         counter.rechercher(who, text_argument(name, "name"), date_argument(date, "date"), limit == 0 ? 50 : limit))
      found.push_back(droits::to_value(view));
    return found;
  });
}

spie_status spie_desk_duplicates(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                 const spie_demand *demand, const char *person, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return person == nullptr ? droits::to_value(counter.doublons(who))
                             : droits::to_value(counter.doublons(who, subject_argument(person, "person")));
  });
}

spie_status spie_desk_list(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                           const char *structure, size_t page, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    std::optional<dossier::Sujet> followed_by;
    if (structure != nullptr)
      followed_by = subject_argument(structure, "structure");
    return droits::to_value(counter.lister(who, followed_by, page == 0 ? 1 : page));
  });
}

spie_status spie_desk_names(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                            const char *persons, size_t persons_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return droits::to_value(counter.nommer(who, subjects_argument(persons, persons_length, "persons")));
  });
}

spie_status spie_desk_explain(char **json, size_t *length, spie_desk *desk, spie_store *store,
                              const spie_demand *demand, const char *person, const spie_decision *decision,
                              const char *facts, size_t facts_length, const char *as_of, const char *origins,
                              size_t origins_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    const PackDecision &asked = *needed(decision, "decision").decision;
    const auto from = origins_argument(origins, origins_length);
    return droits::to_value(counter.expliquer(
        who, subject_argument(person, "person"), asked.pack(),
        asked.evaluate(object_argument(facts, facts_length, "facts"), date_argument(as_of, "as_of")), from));
  });
}

spie_status spie_desk_decide(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *person, const spie_decision *decision, const char *date, const char *facts,
                             size_t facts_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    const PackDecision &asked = *needed(decision, "decision").decision;
    return droits::to_value(counter.expliquer(who, subject_argument(person, "person"), asked.pack(), asked.info().name,
                                              date_argument(date, "date"),
                                              object_argument(facts, facts_length, "facts").context()));
  });
}

spie_status spie_desk_vigilance(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                const spie_demand *demand, const char *date, const char *known,
                                const spie_vigilance_options *options, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    const auto asked = vigilance_argument(date, known, options);
    return parcours::to_value(parcours::ReglesVigilance(desk->pack).cibler(counter, who, asked),
                              options != nullptr && options->detail != 0);
  });
}

spie_status spie_desk_breaks(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *date, const char *known, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return parcours::to_value(parcours::ReglesRuptures(desk->pack)
                                  .compter(counter, who, date_argument(date, "date"), known_argument(known, "known")));
  });
}

spie_status spie_desk_access(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *person, const char *date, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return counter.acces(who, subject_argument(person, "person"), date_argument(date, "date"));
  });
}

spie_status spie_desk_accesses(char **json, size_t *length, spie_desk *desk, spie_store *store,
                               const spie_demand *demand, const char *person, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    std::optional<dossier::Sujet> about;
    if (person != nullptr)
      about = subject_argument(person, "person");
    return droits::to_value(counter.consultations(who, about));
  });
}

spie_status spie_desk_permit(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *act, const char *targets, size_t targets_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return feel::Context{
        {"role", counter.autoriser(who, text_argument(act, "act"),
                                   droits::read_cibles(list_argument(targets, targets_length, "targets")))}};
  });
}

spie_status spie_desk_declassify(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                 const spie_demand *demand, const char *person, const char *event, const char *field,
                                 const char *reason, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return feel::Context{
        {"evenement", counter.declasser(who, subject_argument(person, "person"), text_argument(event, "event"),
                                        text_argument(field, "field"),
                                        reason == nullptr ? std::string_view() : text_argument(reason, "reason"))}};
  });
}

spie_status spie_desk_purge(char **json, size_t *length, spie_desk *desk, const char *date, spie_error *error) {
  return answer(json, length, desk, error, [&](droits::JournalAcces &accesses) {
    return feel::Context{{"purges", conservation::purger_acces(accesses, date_argument(date, "date"), *desk->pack)}};
  });
}

spie_status spie_desk_verify(char **json, size_t *length, spie_desk *desk, spie_store *store, const char *head,
                             spie_error *error) {
  return give_text(json, length, error, [&] {
    needed(desk, "desk");
    const auto wanted = head == nullptr ? std::nullopt : std::optional(text_argument(head, "head"));
    const auto proof = [&](dossier::Journal *journal) {
      const std::lock_guard<std::mutex> held(desk->one_at_a_time);
      return droits::verifier(*desk->accesses, journal, wanted);
    };
    if (store == nullptr)
      return proof(nullptr);
    const Use journal(store);
    return proof(&*journal);
  });
}

spie_status spie_desk_mend_clock(char **json, size_t *length, spie_desk *desk, const spie_act *act, spie_error *error) {
  return answer(json, length, desk, error, [&](droits::JournalAcces &accesses) {
    const dossier::Acte given = act_argument(act);
    return dossier::to_value(accesses.reprendre_horloge(given.motif, given.auteur, given.at));
  });
}
