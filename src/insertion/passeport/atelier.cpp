#include "insertion/passeport/atelier.hpp"

#include "credentials/did.hpp"
#include "credentials/jwt.hpp"
#include "credentials/recipient.hpp"
#include "credentials/status.hpp"
#include "crypto/digest.hpp"
#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/text_of.hpp"
#include "spie/json.hpp"
#include "spie/nir.hpp"
#include "text/base64.hpp"

#include <algorithm>
#include <array>

namespace spie::passeport {

namespace {

using feel::Kind;
using feel::Value;

constexpr std::string_view own_address = "adresse"; // how the journal says that she is named by a salted hash

[[noreturn]] void refuse(std::string message, std::string place, std::string remedy) {
  throw Error({Code::path_request, Level::error, std::move(message), std::move(place), std::move(remedy)});
}

[[noreturn]] void refuse_signed(std::string message) {
  throw Error({Code::api_argument, Level::error, std::move(message), "signer", {}});
}

void replace(std::string &text, std::string_view place, std::string_view word) {
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + word.size()))
    text.replace(at, place.size(), word);
}

// "urn:uuid:" and the 36 characters of RFC 9562, in lower case as they are drawn.
bool is_uuid(std::string_view id) {
  constexpr std::string_view form = "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return id.size() == form.size() && std::ranges::equal(id, form, [](char given, char wanted) {
           return wanted == 'x' && given != '-' ? std::string_view("0123456789abcdef").find(given) != std::string::npos
                                                : given == wanted;
         });
}

// A DID that is a key and nothing else: what a JWK says beside it would be read by somebody.
bool is_key(const std::string &did, const std::vector<std::string> &held_back) {
  const bool jwk = did.starts_with("did:jwk:");
  if (!jwk && !did.starts_with("did:key:"))
    return false;
  try {
    credentials::resolve(did + "#" + (jwk ? "0" : did.substr(std::string_view("did:key:").size())), {});
    const std::string said = jwk ? from_base64url(std::string_view(did).substr(8)).value_or("") : std::string();
    return !holds_nir(said) && !parcours::holds_word(said, held_back);
  } catch (const Error &) {
    return false;
  }
}

// What was signed, read back: it is what was asked for, or nothing is recorded of it.
Value credential_in(const credentials::Emission &made) {
  return made.jws ? credentials::read_vc_jwt(made.badge).credential.value : read_json(made.badge, "badge");
}

std::string issuer_of(const Value &credential) {
  const Value *issuer = credential.is(Kind::context) ? credential.context().find("issuer") : nullptr;
  if (issuer == nullptr)
    return {};
  return issuer->is(Kind::text) ? issuer->text() : text_of(*issuer, "id");
}

} // namespace

std::vector<StatutBadge> entrees_de(const std::string &badge, const Value &status) {
  std::vector<StatutBadge> list;
  for (const credentials::StatusEntry &one : credentials::read_status(status)) {
    StatutBadge made{badge, one.list, {}, {}};
    if (one.kind == credentials::StatusEntry::Kind::bitstring) {
      made.index = static_cast<std::int64_t>(one.index);
      made.but = text(one.purpose);
    }
    list.push_back(std::move(made));
  }
  return list;
}

feel::List contexts(bool clr) {
  feel::List list{Value("https://www.w3.org/ns/credentials/v2")};
  if (clr)
    list.emplace_back("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json");
  list.emplace_back("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
  return list;
}

std::string noon_of(feel::Date day) { return day.to_string() + "T12:00:00Z"; }

Atelier::Atelier(const json::Reader &rules, const Delivrance &by, const Titulaire &holder)
    : badges_(rules.at("badges")), held_back_(rules.at("partage").texts("mots_retenus")), by_(by) {
  if (!holder.adresse.empty() && !holder.id.empty())
    parcours::refuser(parcours::Raison::titulaire_nomme_deux_fois, "/titulaire");
  if (!holder.adresse.empty()) {
    if (holder.adresse.find('@') == std::string::npos || holds_nir(holder.adresse))
      parcours::refuser(parcours::Raison::titulaire_sans_adresse, "/titulaire/adresse");
    std::array<std::uint8_t, 16> salt{};
    by_.entropie ? by_.entropie(salt) : crypto::system_entropy(salt);
    adresse_ = holder.adresse;
    salt_ = crypto::hex(salt);
    titulaire_ = own_address;
  } else if (!holder.id.empty()) {
    // An address on the web, or a number of a source, would tell who she is.
    if (holds_nir(holder.id) || !(is_uuid(holder.id) || is_key(holder.id, held_back_)))
      parcours::refuser(parcours::Raison::titulaire_sans_cle, "/titulaire/id");
    titulaire_ = holder.id;
  } else {
    titulaire_ = draw_uuid();
  }
}

// Version 4 of RFC 9562.
std::string Atelier::draw_uuid() const {
  std::array<std::uint8_t, 16> bytes{};
  by_.entropie ? by_.entropie(bytes) : crypto::system_entropy(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string text = crypto::hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U})
    text.insert(at, "-");
  return "urn:uuid:" + text;
}

void Atelier::name_holder(Objet &subject) const {
  if (adresse_.empty())
    subject.set("id", titulaire_);
  else
    subject.set("identifier", Value(feel::List{credentials::identity_of(adresse_, salt_)}));
}

std::string Atelier::word(std::string_view list, std::string_view key, std::string_view code,
                          std::string_view member) const {
  for (const json::Reader &one : badges_.items(std::string(list)))
    if (one.text(std::string(key)) == code)
      return one.text(std::string(member));
  return std::string(code);
}

Value Atelier::alignment(const Reference &to, std::string_view label) const {
  for (const json::Reader &one : badges_.items("referentiels")) {
    const std::string nature = one.text_if_any("nature");
    if (one.text("referentiel") != to.referentiel || (!nature.empty() && nature != to.nature))
      continue;
    const auto filled = [&](std::string_view member) {
      std::string text = one.text(std::string(member));
      replace(text, "{code}", to.code);
      replace(text, "{version}", to.version);
      return text;
    };
    Objet made;
    made.typed("Alignment");
    made.set("targetName", label.empty() ? filled("libelle") : label);
    made.set("targetUrl", filled("adresse"));
    made.set("targetCode", to.code);
    made.set("targetFramework", filled("cadre"));
    made.set("targetType", filled("type"));
    return std::move(made).done();
  }
  return {};
}

// The last look, whatever was checked before: identifiers, hashes and proofs are drawn, all else is read by somebody.
void Atelier::keep_safe(const Value &value, std::string_view key) const {
  constexpr std::array drawn{"@context", "id", "type", "identityHash", "salt", "verifiableCredential"};
  if (std::ranges::find(drawn, key) != drawn.end())
    return;
  if (value.is(Kind::list))
    for (const Value &one : value.list())
      keep_safe(one, key);
  if (value.is(Kind::context))
    for (const auto &[name, one] : value.context())
      keep_safe(one, name);
  if (value.is(Kind::text) && (holds_nir(value.text()) || parcours::holds_word(value.text(), held_back_)))
    refuse("a text may tell of health or of justice, or holds a NIR: it never leaves", "/" + std::string(key),
           "Write it otherwise.");
}

Emis Atelier::sign(Objet credential, std::string_view last, bool inside,
                   std::vector<credentials::Controle> &warnings) const {
  if (!by_.signer)
    throw Error({Code::api_argument, Level::error, "nobody signs", "signer", {}});
  const std::string id = draw_uuid();
  feel::Context whole;
  const Value members = std::move(credential).done();
  for (const auto &[key, value] : members.context()) {
    whole.set(key, value);
    if (key == "@context")
      whole.set("id", Value(id));
  }
  Objet issuer;
  issuer.set("id", by_.emetteur).typed("Profile").set("name", by_.nom);
  whole.set("issuer", std::move(issuer).done());
  whole.set("validFrom", Value(by_.instant));
  if (!last.empty())
    whole.set("validUntil", Value(last));
  const Value made(std::move(whole));
  keep_safe(made, {});
  const credentials::Emission signed_one = by_.signer(write_json(made));
  if (inside && signed_one.jws)
    refuse_signed("a CLR holds badges whose proof stands in them");
  const Value back = credential_in(signed_one);
  if (text_of(back, "id") != id)
    refuse_signed("another document came back than the one to be signed");
  for (const credentials::Controle &one : signed_one.avertissements)
    if (std::ranges::none_of(warnings, [&](const auto &before) { return before.motif.fr == one.motif.fr; }))
      warnings.push_back(one);
  const Value *status = back.context().find("credentialStatus");
  return {{id, {}, crypto::hex(crypto::sha256(signed_one.badge)), signed_one.badge},
          status == nullptr ? std::vector<StatutBadge>() : entrees_de(id, *status),
          issuer_of(back)};
}

} // namespace spie::passeport
