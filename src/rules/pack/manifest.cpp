#include "rules/pack/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spie::pack {

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  while (true) {
    std::uint32_t part = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc() || end == text.data())
      return std::nullopt;
    version.push_back(part);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty())
      return version;
    if (text.front() != '.' || version.size() == 8)
      return std::nullopt;
    text.remove_prefix(1);
  }
}

int compare(const Version &a, const Version &b) noexcept {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::uint32_t left = i < a.size() ? a[i] : 0;
    const std::uint32_t right = i < b.size() ? b[i] : 0;
    if (left != right)
      return left < right ? -1 : 1;
  }
  return 0;
}

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty())
      continue;
    Operator op = Operator::equal;
    const auto take = [&](std::string_view prefix, Operator named) {
      if (!word.starts_with(prefix))
        return false;
      word.remove_prefix(prefix.size());
      op = named;
      return true;
    };
    static_cast<void>(take(">=", Operator::greater_or_equal) || take("<=", Operator::less_or_equal) ||
                      take(">", Operator::greater) || take("<", Operator::less) || take("=", Operator::equal));
    auto version = parse_version(word);
    if (!version)
      return std::nullopt;
    range.conditions_.emplace_back(op, std::move(*version));
  }
  if (range.conditions_.empty())
    return std::nullopt;
  return range;
}

bool VersionRange::accepts(const Version &version) const {
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const auto &condition) {
    const int order = compare(version, condition.second);
    switch (condition.first) {
    case Operator::equal:
      return order == 0;
    case Operator::less:
      return order < 0;
    case Operator::less_or_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    case Operator::greater_or_equal:
      return order >= 0;
    }
    return false;
  });
}

bool is_plain_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > 200 || name.front() == '.')
    return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

namespace {

std::string plain_name(const Reader &place, std::string name) {
  if (!name.empty() && !is_plain_name(name)) {
    // A pack can name neither another folder nor the parent of its own.
    place.fault("'" + name + "' is not a plain name (letters, digits, '.', '_', '-')");
    return {};
  }
  return name;
}

void read_extends(const Reader &place, Manifest &manifest) {
  place.keys({"id", "version"});
  Extends extends;
  extends.id = plain_name(place, place.text("id"));
  extends.version = place.text("version");
  if (auto range = VersionRange::parse(extends.version))
    extends.range = std::move(*range);
  else if (!extends.version.empty())
    place.at("version").fault("'" + extends.version + "' is not a range of versions such as \">=1.0 <2\"");
  manifest.extends = std::move(extends);
}

// What is good, bad, or to be looked at: a surface has three colours, and a pack no others.
constexpr std::array<std::string_view, 3> known_tones{"favorable", "defavorable", "attention"};

} // namespace

Manifest read_manifest(const Reader &root) {
  Manifest manifest;
  if (!root.is_context()) {
    root.fault("an object is expected here");
    return manifest;
  }
  root.keys({"id", "version", "titre", "autorite", "periode", "extends", "modeles", "roles", "langue", "unites",
             "libelles", "tons", "incompletes"});
  manifest.id = plain_name(root, root.text("id"));
  manifest.version = root.text("version");
  if (auto parts = parse_version(manifest.version))
    manifest.version_parts = std::move(*parts);
  else if (!manifest.version.empty())
    root.at("version").fault("'" + manifest.version + "' is not a version such as \"1.0.0\"");
  manifest.titre = root.text("titre");
  manifest.autorite = root.text("autorite");
  manifest.langue = root.text_or_empty("langue");
  const Reader period = root.at("periode");
  if (period.is_context()) {
    period.keys({"debut", "fin"});
    manifest.debut = period.date("debut").value_or(feel::Date{});
    if (period.has("fin"))
      manifest.fin = period.date("fin");
    if (manifest.fin && *manifest.fin < manifest.debut)
      period.fault("the period ends before it begins");
  } else if (!period.value().is_null()) {
    period.fault("an object with 'debut' and 'fin' is expected here");
  }
  if (root.has("extends"))
    read_extends(root.at("extends"), manifest);
  if (root.has("modeles")) {
    const Reader models = root.at("modeles");
    for (std::size_t i = 0; i < models.size(); ++i) {
      const Reader model = models.item(i);
      std::string name = plain_name(model, model.as_text());
      if (std::find(manifest.modeles.begin(), manifest.modeles.end(), name) != manifest.modeles.end())
        model.fault("the model '" + name + "' is named twice", Code::pack_duplicate);
      else if (!name.empty())
        manifest.modeles.push_back(std::move(name));
    }
  }
  if (root.has("roles")) {
    const Reader roles = root.at("roles");
    if (!roles.is_context())
      roles.fault("an object from role to decision is expected here");
    else
      for (const auto &[role, decision] : roles.value().context())
        manifest.roles.emplace_back(role, roles.member(role, decision).as_text());
  }
  if (root.has("libelles")) {
    const Reader labels = root.at("libelles");
    if (!labels.is_context())
      labels.fault("an object from code to label is expected here");
    else
      for (const auto &[code, label] : labels.value().context())
        manifest.libelles.emplace_back(code, labels.member(code, label).as_text());
  }
  if (root.has("tons")) {
    const Reader tones = root.at("tons");
    if (!tones.is_context())
      tones.fault("an object from code to tone is expected here");
    else
      for (const auto &[code, tone] : tones.value().context()) {
        const Reader place = tones.member(code, tone);
        std::string name = place.as_text();
        if (std::find(known_tones.begin(), known_tones.end(), name) == known_tones.end())
          place.fault("'" + name + "' is no tone: favorable, defavorable or attention");
        manifest.tons.emplace_back(code, std::move(name));
      }
  }
  if (root.has("incompletes")) {
    const Reader meant = root.at("incompletes");
    if (!meant.is_context())
      meant.fault("an object from decision to why is expected here");
    else
      for (const auto &[decision, why] : meant.value().context()) {
        const Reader place = meant.member(decision, why);
        manifest.incompletes.emplace_back(decision, place.as_text());
        if (why.is(feel::Kind::text) && why.text().find_first_not_of(" \t\r\n") == std::string::npos)
          place.fault("say why the table of '" + decision + "' is meant to have holes");
      }
  }
  if (root.has("unites")) {
    const Reader units = root.at("unites");
    if (!units.is_context())
      units.fault("an object from unit to names is expected here");
    else
      for (const auto &[unit, names] : units.value().context()) {
        const Reader list = units.member(unit, names);
        for (std::size_t i = 0; i < list.size(); ++i)
          manifest.unites.emplace_back(list.item(i).as_text(), unit);
      }
  }
  return manifest;
}

} // namespace spie::pack
