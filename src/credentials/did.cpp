#include "credentials/did.hpp"

#include "credentials/instant.hpp"
#include "credentials/key_forms.hpp"
#include "rules/json/reader.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace spie::credentials {

namespace {

using feel::Context;
using feel::Kind;
using feel::Value;

constexpr JsonLimits document_limits{64, 1u << 20};
constexpr std::size_t longest_address = std::size_t{16} * 1'024; // a did:jwk of RSA-8192 is below 3,000

[[noreturn]] void refuse(Code code, std::string english, std::string french, Words remedy = {}) {
  throw Refusal({code, Level::error, {}, {std::move(french), std::move(english)}, std::move(remedy)});
}

[[noreturn]] void refuse_document(std::string_view address, std::string_view english, std::string_view french) {
  refuse(Code::badge_key, "the document " + quoted(address) + ' ' + std::string(english),
         "le document " + cite(address) + ' ' + std::string(french));
}

[[noreturn]] void refuse_missing(std::string_view address) {
  refuse(Code::badge_unavailable, "the document " + quoted(address) + " was not handed over",
         "le document " + cite(address) + " n’a pas été remis",
         {"le remettre (--document " + std::string(address) + "=FICHIER)",
          "hand it over (--document " + std::string(address) + "=FILE)"});
}

// An address and what follows its '#'.
std::pair<std::string_view, std::optional<std::string_view>> parted(std::string_view address) {
  const std::size_t mark = address.find('#');
  if (mark == std::string_view::npos)
    return {address, std::nullopt};
  return {address.substr(0, mark), address.substr(mark + 1)};
}

bool is_did(std::string_view address) { return address.starts_with("did:"); }
bool is_web(std::string_view address) { return address.starts_with("https://") || address.starts_with("http://"); }

const std::string *text_of(const Context &object, std::string_view name) {
  const Value *value = object.find(name);
  return value != nullptr && value->is(Kind::text) ? &value->text() : nullptr;
}

// --- documents of controllers (Controlled Identifiers 1.0 §2, DID 1.0 §5) ---

struct Document {
  std::string address; // of the DID, or http(s)
  Value value;
  const Context &object() const { return value.context(); }
};

Document read_document(std::string_view address, std::string_view bytes) {
  Document document{std::string(address), {}};
  try {
    document.value = json::read_verbatim(bytes, {}, document_limits).value;
  } catch (const Error &) {
    refuse_document(address, "is not JSON, or gives a member twice", "n’est pas du JSON, ou donne deux fois un membre");
  }
  if (!document.value.is(Kind::context))
    refuse_document(address, "is no object", "n’est pas un objet");
  return document;
}

bool lists_keys(const Document &document) {
  return document.object().find("verificationMethod") != nullptr ||
         document.object().find("assertionMethod") != nullptr;
}

std::string absolute(std::string_view id, const Document &document) {
  return (id.starts_with('#') ? document.address : std::string()) + std::string(id);
}

// A lone object is allowed where a list stands.
std::vector<const Value *> several(const Context &object, std::string_view name) {
  std::vector<const Value *> values;
  const Value *value = object.find(name);
  if (value != nullptr && value->is(Kind::list))
    for (const Value &one : value->list())
      values.push_back(&one);
  else if (value != nullptr)
    values.push_back(value);
  return values;
}

// The methods under assertionMethod: written there, or named there and written under verificationMethod.
std::vector<const Context *> assertion_methods(const Document &document, std::optional<std::string_view> wanted) {
  const auto id_of = [&](const Value &method) -> std::string {
    const std::string *id = method.is(Kind::context) ? text_of(method.context(), "id") : nullptr;
    return id == nullptr ? std::string() : absolute(*id, document);
  };
  const auto written = several(document.object(), "verificationMethod");
  std::vector<const Context *> found;
  for (const Value *entry : several(document.object(), "assertionMethod")) {
    const std::string id = entry->is(Kind::text) ? absolute(entry->text(), document) : id_of(*entry);
    if (id.empty() || (wanted && id != *wanted))
      continue;
    if (entry->is(Kind::context)) {
      found.push_back(&entry->context());
      continue;
    }
    const auto method =
        std::find_if(written.begin(), written.end(), [&](const Value *one) { return id_of(*one) == id; });
    if (method != written.end())
      found.push_back(&(*method)->context());
  }
  return found;
}

crypto::PublicKey key_in(const Context &method, std::string_view address) {
  for (const std::string_view secret : {"secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk"})
    if (method.find(secret) != nullptr)
      refuse_document(address, "holds a private key: the key is no secret any more",
                      "contient une clé privée\u202f: la clé n’est plus secrète");
  const std::string *multibase = text_of(method, "publicKeyMultibase");
  const Value *jwk = method.find("publicKeyJwk");
  if ((multibase == nullptr) == (jwk == nullptr))
    refuse_document(address, "must give the key as publicKeyMultibase or as publicKeyJwk, one of them",
                    "doit donner la clé par publicKeyMultibase ou par publicKeyJwk, l’un des deux");
  return multibase != nullptr ? read_multikey(*multibase) : read_jwk(*jwk);
}

// Until when the key is used, as what lists it says.
void read_dates(const Context &method, const Document &document, ResolvedKey &into) {
  for (const auto &[name, date] : {std::pair{"expires", &into.expires}, std::pair{"revoked", &into.revoked}}) {
    if (const Value *value = method.find(name); value != nullptr && !value->is(Kind::text))
      refuse_document(document.address, "gives a date of its key that is no text",
                      "donne une date de clé qui n’est pas un texte");
    else if (value != nullptr)
      *date = value->text();
  }
}

ResolvedKey key_of(const Context &method, const Document &document, KeySource source) {
  const std::string *controller = text_of(method, "controller");
  if (controller == nullptr)
    refuse_document(document.address, "gives a key without controller", "donne une clé sans «\u202fcontroller\u202f»");
  if (*controller != document.address)
    refuse(Code::badge_issuer,
           "the document " + quoted(document.address) + " lists a key whose controller is another, " +
               quoted(*controller),
           "le document " + cite(document.address) + " cite une clé dont le contrôleur est un autre, " +
               cite(*controller));
  ResolvedKey found{key_in(method, document.address), source, document.address, {}, {}};
  read_dates(method, document, found);
  return found;
}

ResolvedKey key_at(std::string_view method, const Document &document, KeySource source) {
  const auto found = assertion_methods(document, method);
  if (found.empty())
    refuse(Code::badge_key,
           "the document " + quoted(document.address) + " does not list the key " + quoted(method) +
               " under assertionMethod",
           "le document " + cite(document.address) + " ne cite pas la clé " + cite(method) + " sous assertionMethod");
  if (found.size() > 1)
    refuse_document(document.address, "gives several keys at one address", "donne plusieurs clés à une même adresse");
  return key_of(*found.front(), document, source);
}

std::optional<Document> controller_document(std::string_view address, const Documents &documents) {
  const auto bytes = documents.find(address);
  if (!bytes)
    return std::nullopt;
  Document document = read_document(address, *bytes);
  return lists_keys(document) ? std::optional(std::move(document)) : std::nullopt;
}

// A document says itself whose it is.
void check_id(const Document &document) {
  const std::string *id = text_of(document.object(), "id");
  if (id == nullptr || *id != document.address)
    refuse_document(document.address, "bears another id", "porte un autre «\u202fid\u202f»");
}

Document did_web_document(std::string_view did, const Documents &documents) {
  const auto address = did_web_address(did);
  if (!address)
    refuse(Code::badge_key, quoted(did) + " is no did:web", cite(did) + " n’est pas un did:web");
  auto bytes = documents.find(did); // handed over by its name, or by where it stands
  if (!bytes)
    bytes = documents.find(*address);
  if (!bytes)
    refuse_missing(*address);
  Document document = read_document(did, *bytes);
  check_id(document);
  return document;
}

ResolvedKey resolve_did_web(std::string_view method, const Documents &documents) {
  const auto [did, fragment] = parted(method);
  const Document document = did_web_document(did, documents);
  if (fragment)
    return key_at(method, document, KeySource::did);
  const auto found = assertion_methods(document, std::nullopt);
  if (found.size() != 1)
    refuse(Code::badge_key, "the address " + quoted(method) + " names a DID, which lists several keys, or none",
           "l’adresse " + cite(method) + " désigne un DID, qui cite plusieurs clés ou aucune");
  return key_of(*found.front(), document, KeySource::did);
}

ResolvedKey resolve_own(std::string_view method) {
  const auto [did, fragment] = parted(method);
  const std::string own = own_method(did);
  if (fragment && method != own)
    refuse(Code::badge_key, "the fragment of " + quoted(method) + " is not that of its key",
           "le fragment de " + cite(method) + " n’est pas celui de sa clé");
  return {
      did.starts_with("did:key:") ? read_did_key(did) : read_did_jwk(did), KeySource::did, std::string(did), {}, {}};
}

// Of who holds a key that stands at an address of its own.
Document holder_document(const std::string &controller, const Documents &documents) {
  if (controller.starts_with("did:web:"))
    return did_web_document(controller, documents);
  auto document = is_web(controller) ? controller_document(controller, documents) : std::nullopt;
  if (!document)
    refuse_missing(controller);
  check_id(*document);
  return *std::move(document);
}

std::optional<crypto::PublicKey> multikey_of(std::string_view text) {
  if (!text.starts_with('z'))
    return std::nullopt;
  try {
    return read_multikey(text);
  } catch (const crypto::KeyError &) {
    return std::nullopt;
  }
}

ResolvedKey resolve_web(std::string_view method, const Documents &documents) {
  const auto [address, fragment] = parted(method);
  if (const auto document = controller_document(address, documents)) {
    check_id(*document);
    return key_at(method, *document, KeySource::document);
  }
  if (fragment)
    if (auto key = multikey_of(*fragment))
      return {*std::move(key), KeySource::address, std::string(address), {}, {}};
  const auto bytes = documents.find(address);
  if (!bytes)
    refuse_missing(address);
  const Document document = read_document(address, *bytes);
  if (document.object().find("kty") != nullptr)
    return {read_jwk(document.value), KeySource::key_file, std::string(address), {}, {}};
  // A key alone says who holds it; who holds it must say so too.
  const std::string *controller = text_of(document.object(), "controller");
  const std::string *id = text_of(document.object(), "id");
  if (controller == nullptr || id == nullptr || *id != method)
    refuse_document(address, "is neither a key of that address nor a document that lists some",
                    "n’est ni une clé de cette adresse, ni un document qui en cite");
  const Document holder = holder_document(*controller, documents);
  const auto named = several(holder.object(), "assertionMethod");
  if (std::none_of(named.begin(), named.end(),
                   [&](const Value *one) { return one->is(Kind::text) && one->text() == method; }))
    refuse(Code::badge_key,
           "the document " + quoted(*controller) + " does not list the key " + quoted(method) +
               " under assertionMethod",
           "le document " + cite(*controller) + " ne cite pas la clé " + cite(method) + " sous assertionMethod");
  ResolvedKey found{key_in(document.object(), address), KeySource::document, *controller, {}, {}};
  read_dates(document.object(), document, found);
  return found;
}

// What the issuer says of itself: the key as it lists it, or that it does not; nothing when it says nothing that is at
// hand.
struct Listing {
  std::optional<ResolvedKey> key;
};
std::optional<Listing> listing(std::string_view issuer, const crypto::PublicKey &key, const Documents &documents) {
  if (issuer.starts_with("did:key:") || issuer.starts_with("did:jwk:")) {
    ResolvedKey own = resolve_own(issuer);
    return own.key == key ? Listing{std::move(own)} : Listing{};
  }
  std::optional<Document> document;
  if (issuer.starts_with("did:web:"))
    document = did_web_document(issuer, documents);
  else if (is_web(issuer))
    document = controller_document(issuer, documents);
  if (!document)
    return std::nullopt;
  check_id(*document);
  const KeySource source = is_did(issuer) ? KeySource::did : KeySource::document;
  for (const Context *method : assertion_methods(*document, std::nullopt)) {
    try {
      if (ResolvedKey found = key_of(*method, *document, source); found.key == key)
        return Listing{std::move(found)};
    } catch (const Error &) { // a key of another kind, which is not the one looked for
      continue;
    }
  }
  return Listing{};
}

IssuerVerdict proved() { return {IssuerProof::proved, std::nullopt, {}, {}}; }

IssuerVerdict self_declared() {
  return {IssuerProof::self_declared,
          Finding{Code::badge_warning,
                  Level::warning,
                  "/issuer",
                  {"rien d’autre que le badge ne dit que cette clé est celle de l’émetteur",
                   "nothing but the badge says that this key is the issuer's"},
                  {"demander à l’émetteur, par une autre voie, si cette clé est la sienne",
                   "ask the issuer, by another way, whether this key is its own"}},
          {},
          {}};
}

IssuerVerdict discordant(std::string_view issuer, std::string_view controller) {
  const bool named = !controller.empty();
  return {
      IssuerProof::discordant,
      Finding{Code::badge_issuer,
              Level::error,
              "/issuer",
              {"l’émetteur est " + cite(issuer) +
                   (named ? " et la clé est celle de " + cite(controller) : std::string(", qui ne cite pas cette clé")),
               "the issuer is " + quoted(issuer) +
                   (named ? " and the key is that of " + quoted(controller)
                          : std::string(", which does not list this key"))},
              {}},
      {},
      {}};
}

} // namespace

std::optional<std::string> Documents::find(std::string_view address) const {
  if (const auto found = held.find(address); found != held.end())
    return found->second;
  return ask ? ask(address) : std::nullopt;
}

std::optional<std::string> did_web_address(std::string_view did) {
  constexpr std::string_view prefix = "did:web:";
  if (!did.starts_with(prefix) || did.size() > longest_address)
    return std::nullopt;
  did.remove_prefix(prefix.size());
  const std::size_t colon = did.find(':');
  std::string host(did.substr(0, colon));
  if (const std::size_t port = host.find("%3A"); port != std::string::npos) {
    const std::string_view digits = std::string_view(host).substr(port + 3);
    if (port == 0 || digits.empty() || digits.size() > 5 ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    host.replace(port, 3, ":");
  }
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
  if (host.empty() || host.substr(0, host.find(':')).find_first_not_of(letters) != std::string::npos)
    return std::nullopt;
  if (colon == std::string_view::npos)
    return "https://" + host + "/.well-known/did.json";
  std::string path;
  for (std::string_view rest = did.substr(colon); !rest.empty();) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string_view step = rest.substr(0, end);
    if (step.empty() || step == "." || step == ".." || step.find_first_of("/?#\\ \t\r\n") != std::string_view::npos)
      return std::nullopt;
    path.append("/").append(step);
    rest.remove_prefix(end);
  }
  return "https://" + host + path + "/did.json";
}

ResolvedKey resolve(std::string_view method, const Documents &documents) {
  if (method.size() > longest_address)
    refuse(Code::badge_limit, "the address of the key is longer than 16,384 bytes",
           "l’adresse de la clé dépasse 16\u202f384 octets");
  try {
    if (method.starts_with("did:key:") || method.starts_with("did:jwk:"))
      return resolve_own(method);
    if (method.starts_with("did:web:"))
      return resolve_did_web(method, documents);
    if (is_web(method))
      return resolve_web(method, documents);
    if (method.starts_with("urn:"))
      if (const auto [address, fragment] = parted(method); fragment)
        if (auto key = multikey_of(*fragment))
          return {*std::move(key), KeySource::address, std::string(address), {}, {}};
  } catch (const crypto::KeyError &error) {
    throw Refusal(finding_of(error, error.first().code));
  }
  if (is_did(method))
    refuse(Code::badge_unsupported,
           "the DID method of " + quoted(method) + " is not known: did:key, did:jwk and did:web are",
           "la méthode du DID " + cite(method) + " n’est pas connue\u202f; did:key, did:jwk et did:web le sont");
  refuse(Code::badge_key, quoted(method) + " is no address of a key: a DID or an https address is",
         cite(method) + " n’est pas l’adresse d’une clé\u202f: un DID ou une adresse https en est une");
}

bool same_key(const std::string &did, const std::string &other) {
  const auto is_key = [](std::string_view one) { return one.starts_with("did:key:") || one.starts_with("did:jwk:"); };
  if (!is_key(did) || !is_key(other))
    return false;
  try {
    return resolve_own(did).key == resolve_own(other).key;
  } catch (const Error &) { // one that leads to no key is nobody's
    return false;
  }
}

std::optional<Finding> out_of_date(const ResolvedKey &key, feel::DaysDuration at) {
  const auto passed = [&](const std::optional<std::string> &date) {
    if (!date)
      return false;
    const auto instant = read_instant(*date);
    return !instant || *instant <= at;
  };
  const bool revoked = passed(key.revoked);
  if (!revoked && !passed(key.expires))
    return std::nullopt;
  const std::string &date = revoked ? *key.revoked : *key.expires;
  return Finding{Code::badge_key,
                 Level::error,
                 {},
                 {(revoked ? "la clé a été révoquée le " : "la clé a expiré le ") + cite(date),
                  (revoked ? "the key was revoked at " : "the key expired at ") + quoted(date)},
                 {"demander à l’émetteur un badge signé avec une clé en cours de validité",
                  "ask the issuer for a badge signed with a key that is in force"}};
}

IssuerVerdict issuer_verdict(std::string_view issuer, const ResolvedKey &key, const Documents &documents) {
  try {
    if (key.source == KeySource::address && key.controller.starts_with("urn:") && key.controller != issuer)
      return discordant(issuer, key.controller);
    if (!is_did(issuer) && !is_web(issuer))
      return self_declared();
    if (key.source == KeySource::embedded) {
      if (is_did(issuer) && own_method(issuer).empty() && !issuer.starts_with("did:web:"))
        return discordant(issuer, {});
      const auto listed = listing(issuer, key.key, documents);
      if (!listed || !listed->key)
        return listed ? discordant(issuer, {}) : self_declared();
      IssuerVerdict verdict = proved();
      verdict.expires = listed->key->expires;
      verdict.revoked = listed->key->revoked;
      return verdict;
    }
    if (key.controller != issuer)
      return discordant(issuer, key.controller);
    return key.source == KeySource::did || key.source == KeySource::document ? proved() : self_declared();
  } catch (const crypto::KeyError &error) {
    throw Refusal(finding_of(error, error.first().code, "/issuer"));
  }
}

} // namespace spie::credentials
