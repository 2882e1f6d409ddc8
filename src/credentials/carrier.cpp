#include "credentials/carrier.hpp"

#include "credentials/carrier/found.hpp"
#include "rules/json/reader.hpp"
#include "text/base64.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

using Kind = Extracted::Kind;

[[noreturn]] void refuse(Words reason) {
  throw Refusal({Code::badge_carrier, Level::error, {}, std::move(reason), {}});
}

std::string_view without_blanks(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n";
  if (text.starts_with(byte_order_mark))
    text.remove_prefix(byte_order_mark.size());
  const std::size_t from = text.find_first_not_of(blanks);
  return from == std::string_view::npos ? std::string_view()
                                        : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

// Three parts of base64url: whether they say anything is for who reads the signature.
bool resembles_jws(std::string_view text) noexcept {
  return std::count(text.begin(), text.end(), '.') == 2 && !text.starts_with('.') &&
         std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
                  (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
         });
}

bool resembles_address(std::string_view text) noexcept {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         std::all_of(text.begin(), text.end(), [](char letter) { return letter > ' ' && letter < 0x7F; });
}

std::optional<Kind> kind_of(std::string_view text) noexcept {
  if (text.starts_with('{'))
    return Kind::json;
  if (resembles_jws(text))
    return Kind::jws;
  if (resembles_address(text))
    return Kind::address;
  return std::nullopt;
}

std::optional<Generation> generation_of_context(const feel::Value &context) {
  const auto named = [](std::string_view address) -> std::optional<Generation> {
    if (address.find("/clr/v2p0/") != std::string_view::npos)
      return Generation::clr2;
    if (address.find("/ob/v3p0/") != std::string_view::npos || address.ends_with("/ob_v3p0.jsonld"))
      return Generation::ob3;
    if (address == "https://w3id.org/openbadges/v2" || address == "https://openbadgespec.org/v2/context.json")
      return Generation::ob2;
    if (address == "https://w3id.org/openbadges/v1")
      return Generation::ob1;
    return std::nullopt;
  };
  if (context.is(feel::Kind::text))
    return named(context.text());
  if (context.is(feel::Kind::context)) { // the context of Open Badges 2.0 itself, written out in the badge
    const feel::Value *prefix = context.context().find("obi");
    return prefix != nullptr && prefix->is(feel::Kind::text) && prefix->text() == "https://w3id.org/openbadges#"
               ? std::optional(Generation::ob2)
               : std::nullopt;
  }
  std::optional<Generation> found;
  if (context.is(feel::Kind::list))
    for (const feel::Value &one : context.list())
      if (one.is(feel::Kind::text))
        if (const auto generation = named(one.text()); generation && (!found || *generation == Generation::clr2))
          found = generation; // records of CLR 2.0 name the context of Open Badges 3.0 too
  return found;
}

std::optional<Generation> generation_of_type(const feel::Value &type) {
  const auto named = [](const feel::Value &one) -> std::optional<Generation> {
    if (!one.is(feel::Kind::text))
      return std::nullopt;
    const std::string &name = one.text();
    if (name == "ClrCredential")
      return Generation::clr2;
    if (name == "OpenBadgeCredential" || name == "AchievementCredential" || name == "EndorsementCredential")
      return Generation::ob3;
    return std::nullopt;
  };
  if (type.is(feel::Kind::list))
    for (const feel::Value &one : type.list())
      if (const auto generation = named(one))
        return generation;
  return named(type);
}

// A text that is no JSON has none: whoever reads it will say why.
std::optional<Generation> generation_of_json(std::string_view json) {
  try {
    return generation_of(json::read_verbatim(json, {}, {64, most_badge_bytes}).value);
  } catch (const Error &) {
    return std::nullopt;
  }
}

std::optional<Generation> generation_of(Kind kind, std::string_view text) {
  if (kind == Kind::json)
    return generation_of_json(text);
  if (kind == Kind::jws) {
    const std::size_t first = text.find('.') + 1;
    if (const auto payload = from_base64url(text.substr(first, text.find('.', first) - first)))
      return generation_of_json(*payload);
  }
  return std::nullopt;
}

// Of the badges of an image, the newest generation; of one generation, the first.
Extracted best_of(const std::vector<Found> &found, Form form) {
  if (found.empty())
    refuse({"l’image ne porte aucun badge", "the image carries no badge"});
  const Found *best = &found.front();
  for (const Found::Slot slot :
       {Found::Slot::openbadgecredential, Found::Slot::clrcredential, Found::Slot::openbadges}) {
    const auto one = std::find_if(found.begin(), found.end(), [&](const Found &each) { return each.slot == slot; });
    if (one != found.end()) {
      best = &*one;
      break;
    }
  }
  const std::string_view text = without_blanks(best->text);
  const auto kind = kind_of(text);
  if (!kind || (*kind == Kind::address && best->slot != Found::Slot::openbadges))
    refuse_at(best->begin, {"ce que l’image porte à la place d’un badge n’est ni du JSON ni un JWS compact",
                            "what the image carries in place of a badge is neither JSON nor a compact JWS"});
  Extracted extracted{form, *kind, {}, *kind == Kind::json ? best->text : std::string(text), found.size()};
  switch (best->slot) {
  case Found::Slot::openbadgecredential:
    extracted.generation = Generation::ob3;
    break;
  case Found::Slot::clrcredential:
    extracted.generation = Generation::clr2;
    break;
  case Found::Slot::openbadges:
    extracted.generation = generation_of(*kind, text) == Generation::ob2 ? Generation::ob2 : Generation::ob1;
    break;
  }
  return extracted;
}

} // namespace

std::string_view text(Form form) noexcept {
  constexpr std::array names{"json", "jws", "png", "svg"};
  return names[static_cast<std::size_t>(form)];
}

std::string_view text(Generation generation) noexcept {
  constexpr std::array names{"ob1", "ob2", "ob3", "clr2"};
  return names[static_cast<std::size_t>(generation)];
}

std::optional<Generation> generation_of(const feel::Value &document) {
  if (!document.is(feel::Kind::context))
    return std::nullopt;
  // A JWT of Verifiable Credentials 1.1 holds the badge in a claim.
  const feel::Value *inner = document.context().find("vc");
  const feel::Context &badge =
      inner != nullptr && inner->is(feel::Kind::context) ? inner->context() : document.context();
  if (const feel::Value *context = badge.find("@context"))
    if (const auto generation = generation_of_context(*context))
      return generation;
  const feel::Value *type = badge.find("type");
  return type == nullptr ? std::nullopt : generation_of_type(*type);
}

Extracted extract(std::string_view bytes) {
  Extracted found = carried(bytes);
  if (!found.generation)
    found.generation = generation_of(found.kind, found.bytes);
  return found;
}

Extracted carried(std::string_view bytes) {
  if (png::is_png(bytes))
    return best_of(png::find(bytes), Form::png);
  if (svg::is_svg(bytes))
    return best_of(svg::find(bytes), Form::svg);
  const std::string_view text = without_blanks(bytes);
  const auto kind = kind_of(text);
  if (!kind || *kind == Kind::address)
    refuse({"le fichier n’est ni un objet JSON, ni un JWS compact, ni une image PNG ou SVG",
            "the file is neither a JSON object, nor a compact JWS, nor a PNG or SVG image"});
  if (bytes.size() > most_badge_bytes)
    refuse_larger(most_badge_bytes, most_badge_bytes);
  const bool is_json = *kind == Kind::json;
  return {is_json ? Form::json : Form::jws, *kind, {}, std::string(is_json ? bytes : text), 1};
}

std::string bake(std::string_view image, std::string_view badge, bool overwrite) {
  const Extracted given = extract(badge);
  if (given.form != Form::json && given.form != Form::jws)
    refuse({"ce qui est à incruster est une image, et non un badge", "what is to be baked is an image, and no badge"});
  if (given.generation != Generation::ob3 && given.generation != Generation::clr2)
    refuse({"ce qui est à incruster ne nomme aucun contexte d’Open Badges 3.0 ni de CLR 2.0",
            "what is to be baked names no context of Open Badges 3.0 nor of CLR 2.0"});
  if (const auto fault = utf8_fault(given.bytes))
    refuse_at(*fault, {"le badge n’est pas en UTF-8", "the badge is not in UTF-8"});
  const auto slot =
      given.generation == Generation::clr2 ? Found::Slot::clrcredential : Found::Slot::openbadgecredential;
  std::string baked;
  if (png::is_png(image))
    baked = png::bake(image, slot, given.bytes, overwrite);
  else if (svg::is_svg(image))
    baked = svg::bake(image, slot, given.bytes, given.form == Form::jws, overwrite);
  else
    refuse({"l’image n’est ni en PNG ni en SVG", "the image is neither PNG nor SVG"});
  extract(baked); // XML has characters that it cannot carry
  return baked;
}

} // namespace spie::credentials
