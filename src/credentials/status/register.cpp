#include "credentials/instant.hpp"
#include "credentials/place.hpp"
#include "credentials/proof_text.hpp"
#include "credentials/status.hpp"
#include "credentials/told.hpp"
#include "rules/json/reader.hpp"
#include "spie/credentials/registre.hpp"
#include "spie/json.hpp"

#include <unordered_map>
#include <utility>

namespace spie::credentials {

struct Registre::Kept {
  explicit Kept(Register given) : list(std::move(given)) {}
  Register list;
  std::unordered_map<std::string, std::uint64_t> indexes = {}; // by badge
};

namespace {

constexpr std::string_view bitstring = "bitstring", revocations = "1edtech";

[[noreturn]] void refuse_option(const std::string &fault, std::string french, const char *name) {
  throw Error(Diagnostic{Code::api_argument, Level::error, fault, name, {}, std::move(french)});
}

// A refusal as an error that says its French too.
template <class Call> auto told(Call &&call) {
  try {
    return call();
  } catch (const Refusal &refusal) {
    throw Error(diagnostic_of(refusal.finding()));
  }
}

Register opened(const OptionsRegistre &options) {
  if (options.liste.find(':') == std::string::npos)
    refuse_option("The address of the list is no URI.", "l’adresse de la liste n’est pas une URI", "liste");
  Register made;
  made.list = options.liste;
  if (options.forme == revocations)
    made.kind = StatusEntry::Kind::revocation_list;
  else if (options.forme != bitstring)
    refuse_option("The form is none of bitstring, 1edtech.", "la forme est bitstring ou 1edtech", "forme");
  const auto purpose = purpose_of(options.but);
  if (!purpose)
    refuse_option("The purpose is none of revocation, suspension, refresh, message.",
                  "le but est revocation, suspension, refresh ou message", "but");
  made.purpose = *purpose;
  if (made.kind == StatusEntry::Kind::revocation_list &&
      (made.purpose != Purpose::revocation || options.bits != 1 || !options.messages.empty()))
    refuse_option("A list of 1EdTech says revocations alone.", "une liste 1EdTech ne dit que des révocations", "forme");
  made.entries = options.taille < 0 ? 0 : static_cast<std::uint64_t>(options.taille);
  made.size = options.bits;
  made.messages = options.messages;
  made.bits(); // refuses a size
  const std::size_t values = std::size_t{1} << static_cast<unsigned>(options.bits);
  const bool asked = options.bits > 1 || made.purpose == Purpose::message;
  if (options.messages.size() != values && (asked || !options.messages.empty()))
    refuse_option("Each of the " + std::to_string(values) + " values needs its message.",
                  "il faut un message pour chacune des " + std::to_string(values) + " valeurs", "messages");
  for (const std::string &one : options.messages)
    if (one.empty())
      refuse_option("A message is empty.", "un message est vide", "messages");
  return made;
}

std::string id_in(std::string_view credential) {
  const json::Verbatim document = json::read_verbatim(credential);
  const feel::Value *id = document.value.is(feel::Kind::context) ? document.value.context().find("id") : nullptr;
  if (id == nullptr || !id->is(feel::Kind::text) || id->text().empty())
    refuse(Code::badge_structure, "/id",
           {"un badge qui a une entrée d’état a un identifiant", "a badge that has an entry of status has an id"});
  return id->text();
}

} // namespace

Registre::Registre(std::unique_ptr<Kept> kept) noexcept : kept_(std::move(kept)) {}
Registre::Registre(const OptionsRegistre &options)
    : kept_(told([&] { return std::make_unique<Kept>(opened(options)); })) {}
Registre::~Registre() = default;
Registre::Registre(Registre &&) noexcept = default;
Registre &Registre::operator=(Registre &&) noexcept = default;

Registre Registre::lire(std::string_view text) {
  auto kept = told([&] { return std::make_unique<Kept>(read_register(text)); });
  for (const auto &[index, entry] : kept->list.given)
    kept->indexes.emplace(entry.badge, index);
  return Registre(std::move(kept));
}

std::string Registre::ecrire() const { return write_register(kept_->list); }

EtatRegistre Registre::etat() const {
  const Register &list = kept_->list;
  EtatRegistre state{list.list,
                     std::string(signee() ? bitstring : revocations),
                     std::string(text(list.purpose)),
                     static_cast<std::int64_t>(list.entries),
                     list.size,
                     list.messages};
  for (const auto &[index, entry] : list.given)
    state.entrees.push_back({static_cast<std::int64_t>(index), entry.badge, entry.value, entry.reason});
  return state;
}

void Registre::inscrire(std::string_view badge, const std::function<void(std::span<std::uint8_t>)> &entropy) {
  if (badge.empty())
    refuse_option("A badge has no id.", "un badge n’a pas d’identifiant", "badge");
  const auto [at, is_new] = kept_->indexes.emplace(badge, 0);
  if (!is_new)
    return;
  try {
    at->second = told([&] { return kept_->list.add(badge, entropy ? entropy : crypto::system_entropy); });
  } catch (...) {
    kept_->indexes.erase(at);
    throw;
  }
}

std::string Registre::attester(std::string_view credential,
                               const std::function<void(std::span<std::uint8_t>)> &entropy) {
  const std::string badge = told([&] { return id_in(credential); });
  inscrire(badge, entropy);
  return with_item(credential, "credentialStatus", write_json(entry_at(kept_->list, kept_->indexes.at(badge))));
}

void Registre::poser(std::string_view badge, std::int64_t etat, std::string_view motif) {
  told([&] {
    const auto found = kept_->indexes.find(std::string(badge));
    if (found == kept_->indexes.end())
      refuse(Code::badge_unavailable, {},
             {"le registre ne connaît pas ce badge\u202f: " + cite(badge),
              "the register does not know this badge: " + quoted(badge)});
    Register::Entry &entry = kept_->list.given.at(found->second);
    const bool revocation = kept_->list.purpose == Purpose::revocation;
    if (revocation && entry.value != 0 && etat == 0)
      throw Refusal({Code::badge_status_list,
                     Level::error,
                     {},
                     {"une révocation ne se lève pas", "a revocation is not lifted"},
                     {"Émettre un autre badge ; ce qui peut être levé se dit dans une liste de suspensions",
                      "Issue another badge; what may be lifted is said in a list of suspensions"}});
    if (etat < 0 || etat >= std::int64_t{1} << kept_->list.size)
      refuse(Code::badge_status_list, {},
             {"l’entrée n’a pas assez de bits pour cette valeur", "the entry has too few bits for that value"});
    if (!motif.empty() && signee())
      refuse(Code::badge_status_list, {},
             {"seule une liste 1EdTech dit un motif", "only a list of 1EdTech says a reason"});
    entry.value = static_cast<unsigned>(etat);
    entry.reason = std::string(etat == 0 ? std::string_view() : motif);
  });
}

std::string Registre::attestation(std::string_view emetteur, std::string_view du, std::string_view au) const {
  if (!signee()) {
    RevocationList list{kept_->list.list, std::string(emetteur), {}};
    for (const auto &[index, entry] : kept_->list.given)
      if (entry.value != 0)
        list.revoked.push_back({entry.badge, entry.reason});
    return write_revocation_list(list);
  }
  if (!read_instant(du))
    refuse_option("That is not an instant with its zone.", "ce n’est pas un instant avec son fuseau", "du");
  if (!au.empty() && !read_instant(au))
    refuse_option("That is not an instant with its zone.", "ce n’est pas un instant avec son fuseau", "au");
  return write_json(credential_of(kept_->list, emetteur, du, au), 2) + "\n";
}

bool Registre::signee() const noexcept { return kept_->list.kind == StatusEntry::Kind::bitstring; }

} // namespace spie::credentials
