using Echo;

// A web application as the template makes it, which answers with what it was sent.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
WebApplication app = builder.Build();
app.MapGet("/echo/{text}", (string text) => Answer.To(text));
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready {Environment.ProcessId} {app.Urls.First()}"));
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine($"served {Answer.Count}"));
app.Run();
