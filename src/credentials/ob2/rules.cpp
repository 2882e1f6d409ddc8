#include "credentials/ob2/rules.hpp"

#include "credentials/instant.hpp"
#include "crypto/digest.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace spie::credentials::ob2 {

namespace {

using feel::Kind;
using feel::Value;

// SHA-256 of the context of w3id.org/openbadges/v2 in one line, its keys sorted: some badges copy it in full.
constexpr std::string_view copied_context = "f0e3d4893d6d879fa78b384d58ead36bfc38a6891ff224efb410f59eb484f8df";

constexpr std::array classes{"AlignmentObject", "CryptographicKey", "Endorsement",     "Assertion",
                             "BadgeClass",      "Criteria",         "Evidence",        "Extension",
                             "Image",           "HostedBadge",      "FrameValidation", "IdentityObject",
                             "Issuer",          "Profile",          "hosted",          "signed",
                             "RevocationList",  "SignedBadge",      "TypeValidation",  "VerificationObject"};
constexpr std::array terms{"id",
                           "type",
                           "@context",
                           "@language",
                           "author",
                           "caption",
                           "claim",
                           "created",
                           "creator",
                           "description",
                           "email",
                           "endorsement",
                           "expires",
                           "genre",
                           "image",
                           "name",
                           "owner",
                           "publicKey",
                           "publicKeyPem",
                           "related",
                           "startsWith",
                           "tags",
                           "targetDescription",
                           "targetFramework",
                           "targetName",
                           "targetUrl",
                           "telephone",
                           "url",
                           "version",
                           "alignment",
                           "allowedOrigins",
                           "audience",
                           "badge",
                           "criteria",
                           "endorsementComment",
                           "evidence",
                           "hashed",
                           "identity",
                           "issuedOn",
                           "issuer",
                           "narrative",
                           "recipient",
                           "revocationList",
                           "revocationReason",
                           "revoked",
                           "revokedAssertions",
                           "salt",
                           "targetCode",
                           "uid",
                           "validatesType",
                           "validationFrame",
                           "validationSchema",
                           "verification",
                           "verificationProperty",
                           "verify"};

enum class Form {
  iri,     // absolute
  link,    // an address, or an object of the class
  object,  // of the class
  picture, // an address, a data address, or an object of the class
  text,
  boolean,
  instant,
  url, // http or https
  email,
  identity, // a text, or a hash when `hashed` stands beside it
  who,      // what kind of identifier: email, url, telephone, id
};

struct Property {
  std::string_view name;
  Form form;
  bool required = false;
  bool many = false;
  std::string_view of = {}; // the class of the object
};

constexpr Property alignments[] = {{"targetName", Form::text, true},
                                   {"targetUrl", Form::url, true},
                                   {"targetDescription", Form::text},
                                   {"targetFramework", Form::text},
                                   {"targetCode", Form::text}};
constexpr Property assertion[] = {{"id", Form::iri, true},
                                  {"recipient", Form::object, true, false, "IdentityObject"},
                                  {"badge", Form::link, true, false, "BadgeClass"},
                                  {"verification", Form::object, true, false, "VerificationObject"},
                                  {"issuedOn", Form::instant, true},
                                  {"expires", Form::instant},
                                  {"image", Form::picture, false, false, "Image"},
                                  {"narrative", Form::text},
                                  {"evidence", Form::link, false, true, "Evidence"},
                                  {"revoked", Form::boolean},
                                  {"revocationReason", Form::text}};
constexpr Property badge_class[] = {
    {"id", Form::iri, true},
    {"issuer", Form::link, true, false, "Profile"},
    {"name", Form::text, true},
    {"description", Form::text, true},
    {"image", Form::picture, false, false, "Image"}, // the official validator lets it out
    {"criteria", Form::link, true, false, "Criteria"},
    {"alignment", Form::object, false, true, "AlignmentObject"},
    {"tags", Form::text, false, true}};
constexpr Property criteria[] = {{"id", Form::iri}, {"narrative", Form::text}};
constexpr Property evidence[] = {{"id", Form::iri},           {"name", Form::text},  {"narrative", Form::text},
                                 {"description", Form::text}, {"genre", Form::text}, {"audience", Form::text}};
constexpr Property identity[] = {{"type", Form::who, true},
                                 {"identity", Form::identity, true},
                                 {"hashed", Form::boolean, true},
                                 {"salt", Form::text}};
constexpr Property image[] = {{"id", Form::picture, true}, {"caption", Form::text}, {"author", Form::iri}};
constexpr Property public_key[] = {{"id", Form::iri}, {"owner", Form::iri}, {"publicKeyPem", Form::text, true}};
constexpr Property profile[] = {{"id", Form::iri, true},
                                {"name", Form::text, true},
                                {"url", Form::url, true},
                                {"email", Form::email, true, true},
                                {"description", Form::text},
                                {"image", Form::picture, false, false, "Image"},
                                {"telephone", Form::text, false, true},
                                {"publicKey", Form::link, false, true, "CryptographicKey"},
                                {"revocationList", Form::iri}};
constexpr Property endorsement[] = {{"id", Form::iri, true},
                                    {"claim", Form::object, true, false, "EndorsementClaim"},
                                    {"issuer", Form::link, true, false, "Profile"},
                                    {"verification", Form::object, true, false, "VerificationObject"}};
constexpr Property claim[] = {{"id", Form::iri, true}, {"endorsementComment", Form::text}};
constexpr Property revocations[] = {{"id", Form::iri, true}};
constexpr Property verification[] = {{"creator", Form::iri}};

struct Rules {
  std::string_view type;
  std::span<const Property> properties;
  bool typed = false; // it must say its type
};
constexpr std::array rules{
    Rules{"AlignmentObject", alignments},
    Rules{"Assertion", assertion, true},
    Rules{"BadgeClass", badge_class, true},
    Rules{"Criteria", criteria},
    Rules{"CryptographicKey", public_key},
    Rules{"Endorsement", endorsement, true},
    Rules{"EndorsementClaim", claim},
    Rules{"Evidence", evidence},
    Rules{"IdentityObject", identity},
    Rules{"Image", image},
    Rules{"Issuer", profile, true},
    Rules{"Profile", profile, true},
    Rules{"RevocationList", revocations, true},
    Rules{"VerificationObject", verification},
};

const Rules *rules_of(std::string_view type) noexcept {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rules &one) { return one.type == type; });
  return found == rules.end() ? nullptr : &*found;
}

// An Issuer is a Profile.
bool is_of(std::string_view type, std::string_view wanted) noexcept {
  const auto person = [](std::string_view name) { return name == "Issuer" || name == "Profile"; };
  return type == wanted || (person(type) && person(wanted));
}

bool is_iri(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())
    return false;
  if (text.starts_with("_:"))
    return true; // a node without a name
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return letter(text[0]) &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }) &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

bool resembles_email(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

bool resembles_hash(std::string_view text) noexcept {
  const auto digits = [&](std::string_view mark, std::size_t count) {
    return text.size() == mark.size() + count && text.starts_with(mark) &&
           text.find_first_not_of("0123456789abcdefABCDEF", mark.size()) == std::string_view::npos;
  };
  return digits("sha256$", 64) || digits("md5$", 32);
}

// Keys sorted, all the way down.
Value sorted(const Value &value) {
  if (value.is(Kind::list)) {
    feel::List list;
    for (const Value &one : value.list())
      list.push_back(sorted(one));
    return Value(std::move(list));
  }
  if (!value.is(Kind::context))
    return value;
  std::vector<feel::Context::Entry> entries;
  for (const auto &[name, member] : value.context())
    entries.emplace_back(name, sorted(member));
  std::sort(entries.begin(), entries.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  return Value(feel::Context::of_distinct(std::move(entries)));
}

std::string quoted_en(std::string_view text) { return "'" + std::string(text) + "'"; }
std::string quoted_fr(std::string_view text) { return "«\u202f" + std::string(text) + "\u202f»"; }

class Checker {
public:
  explicit Checker(std::vector<Finding> &found) noexcept : found_(found) {}

  void context(const Node &node) {
    const Value *context = node.find("@context");
    if (context == nullptr)
      return fault(node.where, "«\u202f@context\u202f» manque", "'@context' is missing");
    bool known = false;
    const auto take = [&](const Value &one, const std::string &where) {
      if (one.is(Kind::context)) {
        if (crypto::hex(crypto::sha256(write_json(sorted(one)))) == copied_context)
          known = true;
        else
          add(Code::badge_vocabulary, where, "ce contexte n’est pas celui d’Open Badges 2.0",
              "this context is not the one of Open Badges 2.0");
      } else if (!one.is(Kind::text)) {
        fault(where, "une adresse est attendue", "an address is expected");
      } else if (one.text() == context_address) {
        known = true;
      } else if (one.text().find("w3id.org/openbadges/extensions/") == std::string::npos) {
        add(Code::badge_vocabulary, where, "ce contexte n’est pas connu\u202f: " + one.text(),
            "this context is not known: " + one.text());
      }
    };
    const std::string where = node.where + "/@context";
    if (context->is(Kind::list))
      for (std::size_t i = 0; i < context->list().size(); ++i)
        take(context->list()[i], where + "/" + std::to_string(i));
    else
      take(*context, where);
    if (!known &&
        std::none_of(found_.begin(), found_.end(), [&](const Finding &one) { return one.where.starts_with(where); }))
      add(Code::badge_vocabulary, where, "le contexte d’Open Badges 2.0 manque",
          "the context of Open Badges 2.0 is missing");
  }

  // Every type is a class of the format or an address; the first class that has rules is the one of the document.
  std::string type_of(const Node &node) {
    const Node type = node.at("type");
    if (type.value == nullptr) {
      fault(node.where, "«\u202ftype\u202f» manque", "'type' is missing");
      return {};
    }
    std::string first;
    bool ruled = false;
    const auto take = [&](const Value &one, const std::string &where) {
      if (!one.is(Kind::text) || one.text().empty())
        return fault(where, "un type est attendu", "a type is expected");
      const std::string &name = one.text();
      if (std::find(classes.begin(), classes.end(), name) == classes.end() && !is_iri(name))
        return add(Code::badge_vocabulary, where, "aucun contexte ne définit le type " + quoted_fr(name),
                   "no context defines the type " + quoted_en(name));
      if (first.empty() || (!ruled && rules_of(name) != nullptr))
        first = name;
      ruled = ruled || rules_of(name) != nullptr;
    };
    if (!type.value->is(Kind::list))
      take(*type.value, type.where);
    else if (type.value->list().empty())
      fault(type.where, "au moins un type est attendu", "at least one type is expected");
    else
      for (std::size_t i = 0; i < type.value->list().size(); ++i)
        take(type.value->list()[i], type.where + "/" + std::to_string(i));
    return first;
  }

  void object(const Node &node, const Rules &of, int depth) {
    for (const Property &property : of.properties)
      member(node, property, depth);
    if (of.type == "VerificationObject")
      how(node);
    if (of.type == "RevocationList")
      revoked(node);
  }

  // What no class says: nulls, terms of others, extensions.
  void everywhere(const Node &node, int depth) {
    if (node.value->is(Kind::null))
      return fault(node.where, "«\u202fnull\u202f» n’a pas sa place", "null may not stand here");
    if (node.value->is(Kind::list)) {
      for (std::size_t i = 0; i < node.value->list().size(); ++i)
        everywhere({&node.value->list()[i], node.where + "/" + std::to_string(i)}, depth + 1);
      return;
    }
    if (!node.value->is(Kind::context))
      return;
    for (const auto &[name, value] : node.value->context()) {
      const Node member{&value, node.where + "/" + name};
      if (name == "@context")
        continue;
      if (name.starts_with("extensions:") || (value.is(Kind::context) && member.has_type("Extension"))) {
        add(Code::badge_unavailable, member.where, "les règles de cette extension ne sont pas remises",
            "the rules of this extension were not handed over");
        continue;
      }
      // A revocation, or an end, that nobody would look for under another name than its term.
      if (name.starts_with("obi:") || name.starts_with("https://w3id.org/openbadges#"))
        add(Code::badge_vocabulary, member.where, "écrit en entier là où il y a un terme\u202f: " + quoted_fr(name),
            "spelled in full where there is a term: " + quoted_en(name));
      else if (std::find(terms.begin(), terms.end(), name) == terms.end() && !is_iri(name))
        add(Code::badge_warning, member.where, "le terme " + quoted_fr(name) + " n’est pas d’Open Badges 2.0",
            "the term " + quoted_en(name) + " is not of Open Badges 2.0", Level::warning);
      everywhere(member, depth + 1);
    }
  }

  void fault(std::string where, std::string fr, std::string en) {
    add(Code::badge_structure, std::move(where), std::move(fr), std::move(en));
  }
  void add(Code code, std::string where, std::string fr, std::string en, Level level = Level::error) {
    if (found_.size() < most)
      found_.push_back({code, level, std::move(where), {std::move(fr), std::move(en)}, {}});
  }

private:
  static constexpr std::size_t most = 1'000;

  void member(const Node &node, const Property &property, int depth) {
    const Node member = node.at(property.name);
    if (member.value == nullptr) {
      if (property.required)
        fault(node.where, quoted_fr(property.name) + " manque", quoted_en(property.name) + " is missing");
      return;
    }
    if (!member.value->is(Kind::list))
      return value(node, member, property, depth);
    if (!property.many)
      return fault(member.where, "une seule valeur est attendue", "a single value is expected");
    if (member.value->list().empty())
      return fault(member.where, "une liste vide n’a pas sa place", "an empty list may not stand here");
    for (std::size_t i = 0; i < member.value->list().size(); ++i)
      value(node, {&member.value->list()[i], member.where + "/" + std::to_string(i)}, property, depth);
  }

  void value(const Node &node, const Node &member, const Property &property, int depth) {
    const Value &value = *member.value;
    const bool is_object = value.is(Kind::context);
    if (is_object && (property.form == Form::link || property.form == Form::object || property.form == Form::picture))
      return inner(member, property.of, depth);
    if (property.form == Form::boolean) {
      if (!value.is(Kind::boolean))
        fault(member.where, "vrai ou faux est attendu", "true or false is expected");
      return;
    }
    if (property.form == Form::object)
      return fault(member.where, "un objet est attendu", "an object is expected");
    if (!value.is(Kind::text) || value.text().empty())
      return fault(member.where, "un texte est attendu", "a text is expected");
    text(node, member, property.form);
  }

  void text(const Node &node, const Node &member, Form form) {
    const std::string &text = member.value->text();
    switch (form) {
    case Form::iri:
    case Form::link:
      if (!is_iri(text))
        fault(member.where, "une adresse complète est attendue", "a whole address is expected");
      break;
    case Form::picture:
      if (!is_http(text) && !text.starts_with("data:image/"))
        fault(member.where, "l’adresse d’une image est attendue", "the address of a picture is expected");
      break;
    case Form::url:
      if (!is_http(text))
        fault(member.where, "une adresse en http ou https est attendue", "an http or https address is expected");
      break;
    case Form::instant:
      if (!read_instant(text))
        fault(member.where, "une date et une heure avec leur fuseau sont attendues",
              "a date and a time with their zone are expected");
      break;
    case Form::email:
      if (!resembles_email(text))
        fault(member.where, "une adresse électronique est attendue", "an e-mail address is expected");
      break;
    case Form::identity:
      if (const Value *hashed = node.find("hashed");
          hashed != nullptr && hashed->is(Kind::boolean) && hashed->is_true() && !resembles_hash(text))
        fault(member.where, "une empreinte sha256$ ou md5$ est attendue", "a hash, sha256$ or md5$, is expected");
      break;
    case Form::who:
      if (text != "email" && text != "url" && text != "telephone" && text != "id")
        fault(member.where, "email, url, telephone ou id est attendu", "email, url, telephone or id is expected");
      break;
    case Form::text:
    case Form::object:
    case Form::boolean:
      break;
    }
  }

  void inner(const Node &node, std::string_view type, int depth) {
    const Rules *of = rules_of(type);
    if (of == nullptr || depth > 16)
      return;
    if (of->typed || (node.find("type") != nullptr && type != "IdentityObject" && type != "VerificationObject")) {
      const std::string own = type_of(node);
      if (of->typed && !own.empty() && !is_of(own, type))
        fault(node.where + "/type", "le type " + quoted_fr(type) + " est attendu",
              "the type " + quoted_en(type) + " is expected");
    }
    object(node, *of, depth + 1);
  }

  // Of an assertion: hosted or signed. That of an issuer says a policy, and need not say its type.
  void how(const Node &node) {
    for (const std::string_view known : {"hosted", "HostedBadge", "signed", "SignedBadge"})
      if (node.has_type(known))
        return;
    fault(node.where + "/type", "hosted ou signed est attendu", "hosted or signed is expected");
  }

  void revoked(const Node &node) {
    const Node list = node.at("revokedAssertions");
    if (list.value == nullptr || !list.value->is(Kind::list))
      return fault(list.where, "une liste est attendue", "a list is expected");
    for (std::size_t i = 0; i < list.value->list().size(); ++i) {
      const Node one{&list.value->list()[i], list.where + "/" + std::to_string(i)};
      if (!one.value->is(Kind::text) && one.text("id").empty() && one.text("uid").empty())
        fault(one.where, "l’adresse d’un badge est attendue", "the address of a badge is expected");
    }
  }

  std::vector<Finding> &found_;
};

} // namespace

const Value *Node::find(std::string_view key) const noexcept {
  return value != nullptr && value->is(Kind::context) ? value->context().find(key) : nullptr;
}

std::string Node::text(std::string_view key) const {
  const Value *found = find(key);
  return found != nullptr && found->is(Kind::text) ? found->text() : std::string();
}

std::string Node::address(std::string_view key) const {
  const Value *found = find(key);
  return found != nullptr && found->is(Kind::context) ? Node{found, {}}.text("id") : text(key);
}

std::vector<std::string> Node::texts(std::string_view key) const {
  const Value *found = find(key);
  std::vector<std::string> result;
  if (found == nullptr)
    return result;
  if (found->is(Kind::text))
    result.push_back(found->text());
  if (found->is(Kind::list))
    for (const Value &one : found->list())
      if (one.is(Kind::text))
        result.push_back(one.text());
  return result;
}

bool Node::has_type(std::string_view type) const {
  const auto types = texts("type");
  return std::find(types.begin(), types.end(), type) != types.end();
}

std::string check_document(const Node &node, std::string_view type, std::vector<Finding> &found) {
  Checker checker(found);
  if (!node.value->is(Kind::context)) {
    checker.fault(node.where, "un objet est attendu", "an object is expected");
    return {};
  }
  checker.context(node);
  checker.everywhere(node, 0);
  const std::string own = checker.type_of(node);
  if (!type.empty() && !own.empty() && !is_of(own, type))
    checker.fault(node.where + "/type", "le type " + quoted_fr(type) + " est attendu",
                  "the type " + quoted_en(type) + " is expected");
  if (const Rules *of = rules_of(own))
    checker.object(node, *of, 0);
  else if (!own.empty())
    checker.add(Code::badge_warning, node.where + "/type",
                "le type " + quoted_fr(own) + " n’a pas de règles ici\u202f: rien d’autre n’est contrôlé",
                "the type " + quoted_en(own) + " has no rules here: nothing more is checked", Level::warning);
  return own;
}

bool same(const Value &a, const Value &b) { return write_json(sorted(a)) == write_json(sorted(b)); }

bool is_http(std::string_view address) noexcept {
  return is_iri(address) && !authority(address).empty() &&
         (address.starts_with("http://") || address.starts_with("https://"));
}

std::string_view authority(std::string_view address) noexcept {
  const std::size_t from = address.find("://");
  if (from == std::string_view::npos)
    return {};
  const std::string_view rest = address.substr(from + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

} // namespace spie::credentials::ob2
