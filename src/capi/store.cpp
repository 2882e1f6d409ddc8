// Stores: keys, events, the chain and its proofs.
#include "spie/store/store.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/dossier/values.hpp"
#include "spie/store/memory.hpp"

namespace spie::capi {

Use::Use(spie_store *store) : held_(needed(store, "store").one_at_a_time), journal_(*store->journal) {}

dossier::Instant record_argument(const char *text, const char *name) {
  const std::string_view view = text_argument(text, name);
  const auto instant = dossier::Instant::parse(view);
  if (!instant)
    refuse_argument(name, "is not an instant with its zone, such as 2022-03-05T08:00:00Z: '" +
                              std::string(view.substr(0, 60)) + "'");
  return *instant;
}

dossier::Sujet subject_argument(const char *text, const char *name) {
  const std::string_view view = text_argument(text, name);
  const auto subject = dossier::Sujet::parse(view);
  if (!subject)
    refuse_argument(name, "names no subject, such as personne:4kq9: '" + std::string(view.substr(0, 80)) + "'");
  return *subject;
}

std::vector<dossier::Sujet> subjects_argument(const char *json, std::size_t length, const char *name) {
  const feel::Value list = list_argument(json, length, name);
  std::vector<dossier::Sujet> subjects;
  for (const feel::Value &one : list.list()) {
    const auto subject = one.is(feel::Kind::text) ? dossier::Sujet::parse(one.text()) : std::nullopt;
    if (!subject)
      throw Error({Code::json_value, Level::error, "a list of subjects is expected", name, {}});
    subjects.push_back(*subject);
  }
  return subjects;
}

dossier::Connaissance known_argument(const char *text, const char *name) {
  if (text == nullptr)
    return {};
  const std::string_view view = text_argument(text, name);
  const auto known = dossier::Connaissance::parse(view);
  if (!known)
    refuse_argument(name, "is no date, instant with its zone, or seq such as #1234: '" +
                              std::string(view.substr(0, 60)) + "'");
  return *known;
}

feel::Value list_argument(const char *json, std::size_t length, const char *name) {
  feel::Value value = read_json(bytes_argument(json, length, name), name);
  if (!value.is(feel::Kind::list))
    throw Error(Diagnostic{Code::json_value, Level::error, std::string(name) + " is not a JSON list", name});
  return value;
}

namespace {

// 0 asks for the default, what is negative for none.
std::int64_t milliseconds(std::int32_t given, std::int64_t otherwise) {
  return given == 0 ? otherwise : std::max<std::int64_t>(given, 0);
}

} // namespace

store::Options store_options(const spie_store_options *given) {
  const auto options = options_argument(given, spie_store_options SPIE_STORE_OPTIONS_INIT);
  store::Options result;
  result.busy_ms = milliseconds(options.busy_ms, result.busy_ms);
  result.tolerance_ms = milliseconds(options.tolerance_ms, result.tolerance_ms);
  result.durable = options.not_durable == 0;
  if (options.maintenant != nullptr)
    result.maintenant = [clock = options.maintenant, context = options.context] {
      return dossier::Instant{clock(context)};
    };
  return result;
}

namespace {

using Opening = std::unique_ptr<dossier::Journal> (&)(const std::string &, std::string_view, const store::Options &);

spie_status give_store(spie_store **store, Opening opening, const char *address, const char *keys, size_t keys_length,
                       const spie_store_options *options, spie_error *error) {
  return give_handle(store, error, [&] {
    auto made = std::make_unique<spie_store>();
    made->journal = opening(std::string(text_argument(address, "address")),
                            document_argument(keys, keys_length, "keys"), store_options(options));
    return made;
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_store_keys(char **text, size_t *length, spie_error *error) {
  return give_text(text, length, error, [] { return store::draw_keys(); });
}

spie_status spie_store_rotate_keys(char **text, size_t *length, const char *keys, size_t keys_length,
                                   spie_error *error) {
  return give_text(text, length, error,
                   [&] { return store::rotate_keys(document_argument(keys, keys_length, "keys")); });
}

spie_status spie_store_memory(spie_store **store, const spie_store_options *options, spie_error *error) {
  return give_handle(store, error, [&] {
    auto made = std::make_unique<spie_store>();
    made->journal = store::open_memory(store_options(options));
    return made;
  });
}

spie_status spie_store_create(spie_store **store, const char *address, const char *keys, size_t keys_length,
                              const spie_store_options *options, spie_error *error) {
  return give_store(store, store::create, address, keys, keys_length, options, error);
}

spie_status spie_store_open(spie_store **store, const char *address, const char *keys, size_t keys_length,
                            const spie_store_options *options, spie_error *error) {
  return give_store(store, store::open, address, keys, keys_length, options, error);
}

void spie_store_free(spie_store *store) { delete store; }

spie_status spie_event_types(char **json, size_t *length, spie_error *error) {
  return give_text(json, length, error, [] { return dossier::event_types_value(); });
}

spie_status spie_store_append(char **json, size_t *length, spie_store *store, const char *events, size_t events_length,
                              const char *recorded_at, spie_error *error) {
  return give_text(json, length, error, [&] {
    auto batch = dossier::read_evenements(list_argument(events, events_length, "events"));
    const dossier::Instant at = record_argument(recorded_at, "recorded_at");
    const Use journal(store);
    journal->append(batch, at);
    return dossier::recorded_value(batch);
  });
}

spie_status spie_store_events(char **json, size_t *length, spie_store *store, const char *subject, spie_error *error) {
  return give_text(json, length, error, [&] {
    const dossier::Sujet about = subject_argument(subject, "subject");
    const Use journal(store);
    return dossier::to_value(journal->about(about));
  });
}

spie_status spie_store_event(char **json, size_t *length, spie_store *store, const char *id, spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view wanted = text_argument(id, "id");
    const Use journal(store);
    return dossier::to_value(dossier::evenement(*journal, wanted));
  });
}

spie_status spie_store_head(char **json, size_t *length, spie_store *store, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Use journal(store);
    return dossier::to_value(journal->head());
  });
}

spie_status spie_store_verify(char **json, size_t *length, spie_store *store, const char *head, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto wanted = head == nullptr ? std::nullopt : std::optional(text_argument(head, "head"));
    const Use journal(store);
    return dossier::to_value(journal->verify(wanted));
  });
}

spie_status spie_store_backup(spie_store *store, const char *path, spie_error *error) {
  return guard(error, [&] {
    const std::string into(text_argument(path, "path"));
    const Use journal(store);
    journal->backup(into);
  });
}

spie_status spie_store_scrub(spie_store *store, spie_error *error) {
  return guard(error, [&] {
    const Use journal(store);
    journal->scrub();
  });
}

spie_status spie_store_erasures(char **json, size_t *length, spie_store *store, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Use journal(store);
    return dossier::to_value(journal->erasures());
  });
}

spie_status spie_store_replay(char **json, size_t *length, spie_store *store, const char *erasures,
                              size_t erasures_length, const char *author, const char *recorded_at, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto tokens = dossier::read_jetons(list_argument(erasures, erasures_length, "erasures"));
    const std::string_view who = text_argument(author, "author");
    const dossier::Instant at = record_argument(recorded_at, "recorded_at");
    const Use journal(store);
    const auto count = static_cast<std::int64_t>(journal->replay(tokens, who, at));
    return feel::Value(feel::Context{{"effacements", count}});
  });
}

spie_status spie_store_adopt_keys(spie_store *store, const char *keys, size_t keys_length, spie_error *error) {
  return guard(error, [&] {
    const std::string_view text = document_argument(keys, keys_length, "keys");
    const Use journal(store);
    journal->adopt_keys(text);
  });
}

spie_status spie_store_mend_clock(char **json, size_t *length, spie_store *store, const spie_act *act,
                                  spie_error *error) {
  return give_text(json, length, error, [&] {
    const dossier::Acte given = act_argument(act);
    const Use journal(store);
    return dossier::to_value(journal->reprendre_horloge(given.motif, given.auteur, given.at));
  });
}
