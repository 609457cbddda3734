# The one-way random-intercept model by REML (lme4). Reads scores.csv, writes pooling.csv.
# lme4's own search stops near 1e-6, so its criterion is minimised further with optimize.

suppressMessages(library(lme4))
scores <- read.csv("scores.csv")
found <- data.frame(case = character(), figure = character(), group = character(), value = numeric())
say <- function(case, figure, group, value) found[nrow(found) + 1, ] <<- list(case, figure, as.character(group), value)

for (name in unique(scores$case)) {
  some <- na.omit(scores[scores$case == name, ])
  fit <- suppressMessages(lmer(score ~ 1 + (1 | group), some, REML = TRUE))
  criterion <- lmer(score ~ 1 + (1 | group), some, REML = TRUE, devFunOnly = TRUE)
  theta <- getME(fit, "theta")
  if (theta > 0) {
    theta <- optimize(criterion, theta * c(0.99, 1.01), tol = 1e-12)$minimum
    if (criterion(theta) <= criterion(getME(fit, "theta"))) {
      fit <- mkMerMod(environment(criterion), list(par = theta, fval = criterion(theta), conv = 0),
                      lFormula(score ~ 1 + (1 | group), some)$reTrms, fr = model.frame(fit))
    }
  }
  v <- as.data.frame(VarCorr(fit))$vcov
  say(name, "mu", "", fixef(fit)); say(name, "tau2", "", v[1]); say(name, "sigma2", "", v[2])
  say(name, "icc1", "", v[1] / sum(v))
  size <- table(some$group)
  say(name, "mean_icc2", "", mean(v[1] / (v[1] + v[2] / size)))
  u <- ranef(fit, condVar = TRUE)$group
  for (i in seq_len(nrow(u))) {
    say(name, "mean", rownames(u)[i], fixef(fit) + u[i, 1])
    say(name, "error", rownames(u)[i], sqrt(attr(u, "postVar")[1, 1, i]))
  }
}
found$value <- format(found$value, digits = 15, trim = TRUE)
write.csv(found, "pooling.csv", row.names = FALSE, quote = FALSE)
