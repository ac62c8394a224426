#include "app/finished_run.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace fpk::app {

std::optional<bool> finished_verdict(const std::filesystem::path& result, std::uint64_t fingerprint) {
  std::ifstream file(result);
  if (!file) return std::nullopt;
  const auto json =
      nlohmann::json::parse(file, nullptr, false);  // no exceptions: what is no JSON is no result
  const auto text = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!json.is_object() || text("version") != FPK_VERSION ||
      text("fingerprint") != fmt::format("{:016x}", fingerprint))
    return std::nullopt;
  return text("verdict") == "holds";
}

}  // namespace fpk::app
