// Registers of statuses: which entry of a published list was given to which badge.
#include "capi/guard.hpp"
#include "credentials/records.hpp"
#include "spie/credentials/registre.hpp"

using namespace spie;
using namespace spie::capi;

namespace {

credentials::OptionsRegistre register_argument(const spie_register_options *given) {
  needed(given, "options");
  check_options(given, sizeof(spie_register_options), "options");
  credentials::OptionsRegistre options;
  options.liste = text_argument(given->list, "options.list");
  if (given->form != nullptr)
    options.forme = text_argument(given->form, "options.form");
  if (given->purpose != nullptr)
    options.but = text_argument(given->purpose, "options.purpose");
  if (given->entries != 0)
    options.taille = given->entries;
  if (given->bits != 0)
    options.bits = given->bits;
  if (given->message_count != 0)
    needed(given->messages, "options.messages");
  for (std::size_t i = 0; i < given->message_count; ++i)
    options.messages.emplace_back(text_argument(given->messages[i], "options.messages"));
  return options;
}

std::string path_argument(const char *path) { return std::string(text_argument(path, "path")); }

} // namespace

spie_status spie_register_create(const char *path, const spie_register_options *options, spie_error *error) {
  return guard(error, [&] {
    credentials::creer_registre(path_argument(path), credentials::Registre(register_argument(options)));
  });
}

spie_status spie_register_read(char **json, size_t *length, const char *path, spie_error *error) {
  return give_text(json, length, error, [&] {
    return feel::Value(record::to_context(credentials::lire_registre(path_argument(path)).etat()));
  });
}

spie_status spie_register_enter(char **credential, size_t *length, const char *path, const char *given,
                                size_t given_length, spie_error *error) {
  return give_text(credential, length, error, [&] {
    const std::string_view text = document_argument(given, given_length, "given");
    std::string made;
    credentials::changer_registre(path_argument(path),
                                  [&](credentials::Registre &registre) { made = registre.attester(text); });
    return made;
  });
}

spie_status spie_register_set(const char *path, const char *const *badges, size_t badge_count, int64_t value,
                              const char *reason, spie_error *error) {
  return guard(error, [&] {
    if (badge_count != 0)
      needed(badges, "badges");
    const std::string_view why = reason == nullptr ? std::string_view() : text_argument(reason, "reason");
    credentials::changer_registre(path_argument(path), [&](credentials::Registre &registre) {
      for (std::size_t i = 0; i < badge_count; ++i)
        registre.poser(text_argument(badges[i], "badges"), value, why);
    });
  });
}

spie_status spie_register_list(char **credential, size_t *length, const char *path, const char *issuer,
                               const char *from, const char *until, spie_error *error) {
  return give_text(credential, length, error, [&] {
    return credentials::lire_registre(path_argument(path))
        .attestation(text_argument(issuer, "issuer"), text_argument(from, "from"),
                     until == nullptr ? std::string_view() : text_argument(until, "until"));
  });
}
